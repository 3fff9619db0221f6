"""One bar chart of a report: its first groups against its main figure, a series a stage where rows have stages."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from openpyxl.chart import BarChart, Reference

from analysis.cells import text_cell
from analysis.headings import heading, shown_stage
from analysis.report import Row

MOST = 20  # bars a person still reads; rows come largest first
FIGURES = (
    "net_vnd",
    "revenue_vnd",
    "online_share",
    "unexplained_vnd",
    "products",
    "amount_vnd",
)  # the first there is drawn
SIZE_CM = (26, 14)


class Sketch:
    """What the chart will show, gathered while the rows go by: a few labels, whatever their number."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.label = columns[0] if columns else ""
        self.figure = next((name for name in FIGURES if name in columns), None)
        self.by_stage = "stage" in columns
        self.bars: dict[str, dict[str, float]] = {}
        self.series: dict[str, None] = {}

    def add(self, row: Row) -> None:
        value = row[self.figure] if self.figure else None
        if not isinstance(value, int | float):
            return
        label = str(row[self.label]) if row[self.label] is not None else "–"
        if label not in self.bars and len(self.bars) == MOST:
            return
        series = shown_stage(row["stage"]) if self.by_stage else heading(str(self.figure))
        self.series[series] = None
        bar = self.bars.setdefault(label, defaultdict(float))
        bar[series] += value

    @property
    def is_worth_drawing(self) -> bool:
        return bool(self.bars) and self.label != self.figure


def draw(sheet: Any, sketch: Sketch, title: str) -> None:
    """The figures drawn, and the chart beside them. `sheet` is write-only; openpyxl's stubs forget that it has charts."""
    series = list(sketch.series)
    sheet.append([heading(sketch.label), *series])
    for label, bar in sketch.bars.items():
        sheet.append([text_cell(sheet, label), *(bar.get(one) for one in series)])
    chart = BarChart()
    chart.title, chart.width, chart.height = f"{title}: {heading(str(sketch.figure))}", *SIZE_CM
    rows = len(sketch.bars) + 1
    chart.add_data(Reference(sheet, min_col=2, max_col=1 + len(series), min_row=1, max_row=rows), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=rows))
    sheet.add_chart(chart, f"{chr(ord('D') + len(series))}2")
