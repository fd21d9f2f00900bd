"""查重: the passages that materials share, told apart from formula."""
