"""The root of all errors that speechkit raises on purpose."""


class SpeechkitError(Exception):
    """Broken use: the caller has to change something before it can work.

    The message is Chinese and meant for the user: it names the file, the line and the key where there is
    one, says what is wrong and what to write instead. The command line prints it and exits with 2.
    """
