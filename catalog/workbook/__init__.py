"""The office's register as a workbook: read one (`read_register`), start one (`write_template`)."""

from catalog.workbook.errors import BadCell, WorkbookError
from catalog.workbook.register import RegisterReading, read_register
from catalog.workbook.template import write_template

__all__ = ["BadCell", "RegisterReading", "WorkbookError", "read_register", "write_template"]
