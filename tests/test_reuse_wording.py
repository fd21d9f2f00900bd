"""What has been said in past texts is recognised, set phrases and new words are not."""

from speechkit.reuse.wording import used_wording

PAST = "公厕修得好不好，坐在办公室里看不出来，要到巷子里走一走、问一问。下面，我讲三点意见。"


def test_a_sentence_that_was_said_is_used() -> None:
    assert used_wording([PAST])("公厕修得好不好,坐在办公室里看不出来,要到巷子里走一走、问一问。")


def test_a_sentence_with_one_word_changed_is_used() -> None:
    assert used_wording([PAST])("公厕修得好不好，坐在办公室里看不出来，要到村子里走一走、问一问。")


def test_new_words_are_not_used() -> None:
    is_used = used_wording([PAST])
    assert not is_used("垃圾转运站选址定在城北，年底以前建成投用。")
    assert not is_used("好")
    assert not is_used("")


def test_without_past_texts_nothing_is_used() -> None:
    assert not used_wording([])(PAST)
