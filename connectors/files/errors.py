"""What can be wrong with a file: always the whole of it, in one Vietnamese sentence, and then nothing of it is stored."""

from collections.abc import Sequence


class FileError(ValueError):
    """The file cannot be taken. The sentence says what was seen and what to do; it never repeats a cell of a person."""


class UnknownKindError(FileError):
    """The file can be read, but its headings are no known kind's and no saved mapping's."""

    def __init__(self, sentence: str, headings: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.headings = headings


SAVE_AGAIN = "Hãy tải lại từ trang người bán và thả thẳng vào đây, đừng mở rồi lưu bằng Excel."
