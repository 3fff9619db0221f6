"""Why a seller's sheet cannot be filled: always about the whole file, in one Vietnamese sentence; then nothing is written."""


class SheetError(ValueError):
    """The file is damaged, of an unknown kind, or lacks what is needed. The sentence says what was seen and what to do."""


class ForeignSheetError(SheetError):
    """The file was downloaded from another shop."""


DOWNLOAD_AGAIN = "Hãy tải lại từ trang người bán và dùng ngay tệp đó, đừng mở rồi lưu bằng Excel."
BROKEN = f"Tệp Excel bị hỏng hoặc chưa tải xong. {DOWNLOAD_AGAIN}"
