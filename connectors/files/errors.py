"""What can be wrong with a file: always the whole of it, in one Vietnamese sentence, and then nothing of it is stored."""


class FileError(ValueError):
    """The file cannot be taken. The sentence says what was seen and what to do; it never repeats a cell of a person."""


SAVE_AGAIN = "Hãy tải lại từ trang người bán và thả thẳng vào đây, đừng mở rồi lưu bằng Excel."
