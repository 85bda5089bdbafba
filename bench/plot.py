"""The plot of a run as SVG: for each group of rows, how many times as fast as PCRE2's interpreter each engine is.

Bars on a log scale that start at 1: to the right faster, to the left slower. No libraries.
"""

import math
from html import escape

from results import GROUPS, OURS

WIDTH, LABEL, BAR, GAP, TOP = 560, 150, 17, 46, 70
PANEL_GROUPS = ["lines", "search", "large", "short", "tiny", "compile"]
COLOURS = {"redoubt": "#b3261e", "redoubt-posix": "#d9653b", "redoubt-bare": "#e59a6b", "redoubt-posix-bare": "#efc19d"}
OTHER = "#8aa0b4"
INK, PALE = "#222222", "#dddddd"


def text(x, y, words, size=12, anchor="start", weight="normal"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}" '
            f'fill="{INK}">{escape(words)}</text>')


def line(x1, y1, x2, y2, colour=PALE):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def ticks(low, high):
    """Round numbers from low to high, both exponents of ten: 1, and 3 where there is room."""
    wide = high - low <= 2.5
    for exponent in range(math.floor(low), math.ceil(high) + 1):
        for factor in (1, 3) if wide else (1,):
            value = factor * 10.0 ** exponent
            if low <= math.log10(value) <= high:
                yield value


def panel(x, y, title, values):
    """values: [(engine, ratio, complete)], drawn from the fastest to the slowest. Returns (elements, height)."""
    values = sorted(values, key=lambda v: -v[1])
    logs = [math.log10(ratio) for _, ratio, _ in values] + [0]
    low, high = min(logs) - 0.1, max(logs) + 0.1
    left, right = x + LABEL, x + WIDTH - 60
    bottom = y + 26 + len(values) * BAR

    def at(ratio):
        return left + (math.log10(ratio) - low) / (high - low) * (right - left)

    out = [text(x, y, title, 14, weight="bold")]
    for value in ticks(low, high):
        out.append(line(at(value), y + 12, at(value), bottom, "#888888" if value == 1 else PALE))
        out.append(text(at(value), bottom + 13, f"{value:g}", 10, "middle"))
    for k, (name, ratio, complete) in enumerate(values):
        top = y + 18 + k * BAR
        begin, end = sorted((at(1), at(ratio)))
        out.append(text(left - 6, top + 11, name, 12, "end", "bold" if name in OURS else "normal"))
        out.append(f'<rect x="{begin:.1f}" y="{top}" width="{max(end - begin, 1.5):.1f}" height="{BAR - 4}" '
                   f'fill="{COLOURS.get(name, OTHER)}"/>')
        label = f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"
        out.append(text(right + 8, top + 11, label + ("" if complete else " *"), 11))
    return out, bottom - y + GAP


def svg(run):
    panels = []
    for group, heading, _ in GROUPS:
        if group not in PANEL_GROUPS or group not in run.rows:
            continue
        values = [(name, run.mean_ratio(group, name, "pcre2"), run.complete(group, name)) for name in run.names]
        values = [v for v in values if v[1]]
        if values:
            panels.append((heading, values))
    slopes = [(name, run.slope(name)) for name in run.names]
    glibc = dict(slopes).get("glibc")
    if glibc:
        values = [(name, glibc / slope, True) for name, slope in slopes if slope and slope > 0.1]
        panels.append(("[a-z]{k}!: cost of a thread, against glibc's", values))

    columns, heights = [[], []], [TOP, TOP]
    for title, values in panels:
        column = 0 if heights[0] <= heights[1] else 1
        elements, height = panel(20 + column * (WIDTH + 20), heights[column], title, values)
        columns[column] += elements
        heights[column] += height
    width, height = 2 * WIDTH + 60, max(heights) + 10
    head = [text(20, 26, "Times as fast as PCRE2's interpreter (geometric means; log scale)", 17, weight="bold"),
            text(20, 46, "Captures on where the engine has them. * an engine that did not answer every row.", 12)]
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
                      f'viewBox="0 0 {width} {height}" font-family="Helvetica, Arial, sans-serif">',
                      f'<rect width="{width}" height="{height}" fill="white"/>'] + head + columns[0] + columns[1] +
                     ["</svg>"]) + "\n"
