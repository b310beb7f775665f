"""A chart in a Word document as Word draws it itself (DrawingML): sharp at any size, in the reader's own fonts."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from assistant.review.memo_charts import Chart, Series

SCHEMAS = "http://schemas.openxmlformats.org"
CHART = f"{SCHEMAS}/drawingml/2006/chart"
CONTENT = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
RELATION = f"{SCHEMAS}/officeDocument/2006/relationships/chart"
EMU = 36_000
"""English Metric Units in a millimetre."""
WIDTH, PLAIN, BAR = 150, 34, 7
"""Millimetres: of a chart, of what stands above and below its bars, and of a lying bar."""
TALL = 80


def add_chart(document: Any, chart: Chart, number: int) -> None:
    """Put a chart into a paragraph of its own; `number` tells it from the others of the document."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    height = PLAIN + BAR * len(chart.names) if chart.across else TALL
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT, _space(chart).encode(), document.part.package)
    frame = (
        f'<w:drawing xmlns:w="{SCHEMAS}/wordprocessingml/2006/main" xmlns:a="{SCHEMAS}/drawingml/2006/main" '
        f'xmlns:wp="{SCHEMAS}/drawingml/2006/wordprocessingDrawing"><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{WIDTH * EMU}" cy="{height * EMU}"/>'
        f'<wp:docPr id="{9000 + number}" name="chart{number}" descr={quoteattr(_spoken(chart))}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" '
        f'xmlns:r="{SCHEMAS}/officeDocument/2006/relationships" r:id="{document.part.relate_to(part, RELATION)}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run()._element.append(parse_xml(frame))


def title(chart: Chart) -> str:
    """What a chart is called: what it shows, of what, in which unit."""
    unit = f"（{chart.unit}）" if chart.unit not in ("", "%") else ""
    return f"{chart.title}{'：' if chart.about else ''}{chart.about}{unit}"


def _spoken(chart: Chart) -> str:
    """The chart in words, for who cannot see it."""
    told = [
        f"{name}{each.name if chart.kind == 'kinds' else ''} {each.values[at]}{chart.unit}"
        for at, name in enumerate(chart.names)
        for each in chart.series
        if each.colour and each.values[at]
    ]
    return f"{title(chart)}：{'；'.join(told)}"


def _space(chart: Chart) -> str:
    bars = "".join(_bars(chart, at, each) for at, each in enumerate(chart.series))
    direction, reverse = ("bar", "maxMin") if chart.across else ("col", "minMax")
    sides, values = ("l", "t") if chart.across else ("b", "l")
    legend = f'<c:legend><c:legendPos val="b"/>{_letters(9)}</c:legend>' if chart.kind != "waterfall" else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace xmlns:c="{CHART}" '
        f'xmlns:a="{SCHEMAS}/drawingml/2006/main"><c:roundedCorners val="0"/><c:chart><c:title>'
        f'<c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="0"/></a:pPr>'
        f'<a:r><a:rPr lang="zh-CN" sz="1200" b="0"/>'
        f'<a:t>{escape(title(chart))}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        f'<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="{direction}"/>'
        f'<c:grouping val="stacked"/><c:varyColors val="0"/>{bars}<c:gapWidth val="45"/><c:overlap val="100"/>'
        f'<c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{reverse}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{sides}"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{_letters(9)}<c:crossAx val="2"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="{values}"/><c:crossAx val="1"/></c:valAx></c:plotArea>{legend}'
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>'
    )


def _bars(chart: Chart, at: int, each: Series) -> str:
    fill = f'<a:solidFill><a:srgbClr val="{each.colour}"/></a:solidFill>' if each.colour else "<a:noFill/>"
    told = int(bool(each.colour) and chart.kind != "waterfall")
    mark = '0.00"%"' if chart.unit == "%" else "General"
    labels = (
        f'<c:dLbls><c:numFmt formatCode={quoteattr(mark)} sourceLinked="0"/>{_letters(9, "FFFFFF")}'
        f'<c:showLegendKey val="0"/><c:showVal val="{told}"/>'
        f'<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        f'<c:showBubbleSize val="0"/></c:dLbls>'
    )
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:v>{escape(each.name)}</c:v></c:tx>'
        f'<c:spPr>{fill}</c:spPr><c:invertIfNegative val="0"/>{labels}'
        f"<c:cat><c:strLit>{_points(chart.names)}</c:strLit></c:cat>"
        f"<c:val><c:numLit><c:formatCode>General</c:formatCode>{_points(each.values)}</c:numLit></c:val></c:ser>"
    )


def _points(values: tuple[str, ...]) -> str:
    told = "".join(f'<c:pt idx="{at}"><c:v>{escape(value)}</c:v></c:pt>' for at, value in enumerate(values) if value)
    return f'<c:ptCount val="{len(values)}"/>{told}'


def _letters(size: int, colour: str = "") -> str:
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' if colour else ""
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size * 100}">{fill}</a:defRPr></a:pPr>'
        f'<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
