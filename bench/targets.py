"""The targets that the engine is held to, as data with a measure each: (what, wanted, measured, met).

`met` is None where a peer that the target speaks of did not answer.
"""

from results import POSIX, mean

REALISTIC = ["lines", "search", "large", "short", "tiny"]
OTHERS = ["rust", "rust-pikevm", "go", "tre", "glibc", "boost-perl", "boost-posix", "oniguruma"]


def re2_for(engine):
    return "re2-longest" if engine in POSIX else "re2"


def at_least(what, wanted, measured):
    return (what, f">= {wanted:g}x", "-" if measured is None else f"{measured:.2f}x",
            None if measured is None else measured >= wanted)


def at_most(what, wanted, measured):
    return (what, f"<= {wanted:g}x", "-" if measured is None else f"{measured:.2f}x",
            None if measured is None else measured <= wanted)


def worst(pairs):
    """The least ratio and where; (None, "")."""
    known = [(ratio, where) for ratio, where in pairs if ratio]
    return min(known) if known else (None, "")


def bare(run):
    for engine, wanted in (("redoubt-bare", 0.75), ("redoubt-posix-bare", 0.5)):
        yield at_least(f"{engine}: lines, mean, against pcre2", wanted, run.mean_ratio("lines", engine, "pcre2"))
    glibc = run.slope("glibc")
    for engine in ("redoubt-bare", "redoubt-posix-bare"):
        ours = run.slope(engine)
        yield at_most(f"{engine}: ns a byte and thread, against glibc's", 0.5, ours / glibc if ours and glibc else None)


def whole(run):
    for engine in ("redoubt", "redoubt-posix"):
        peers = [re2_for(engine), "pcre2"]
        for group in ("lines", "search"):
            for peer in peers:
                yield at_least(f"{engine}: {group}, mean, against {peer}", 1, run.mean_ratio(group, engine, peer))
        low, where = worst((min((run.ratio(group, row, engine, peer) or 1e9) for peer in peers), f"{group}/{row}")
                           for group in ("lines", "search") for row in run.rows.get(group, []))
        yield at_least(f"{engine}: worst row ({where}) against the better of {peers[0]} and pcre2", 0.7, low)


def every_row(run):
    for engine in ("redoubt", "redoubt-posix"):
        for other in OTHERS:
            ratios = [(run.ratio(group, row, engine, other), f"{group}/{row}")
                      for group in REALISTIC for row in run.rows.get(group, [])]
            low, where = worst(ratios)
            behind = sum(1 for ratio, _ in ratios if ratio and ratio < 1)
            known = sum(1 for ratio, _ in ratios if ratio)
            yield at_least(f"{engine}: every row against {other} (behind on {behind} of {known}; worst: {where})", 1, low)


def small(run):
    for engine in ("redoubt", "redoubt-posix"):
        yield at_least(f"{engine}: tiny, mean, against pcre2", 1, run.mean_ratio("tiny", engine, "pcre2"))
        low, where = worst((run.ratio("tiny", row, engine, "pcre2"), row) for row in run.rows.get("tiny", []))
        yield at_least(f"{engine}: tiny, worst row (`{where}`), against pcre2", 1, low)
        yield at_least(f"{engine}: compiling tiny patterns, against pcre2", 1,
                       run.ratio("compile", "tiny", engine, "pcre2"))
        yield at_least(f"{engine}: compiling the log line, against pcre2", 0.5,
                       run.ratio("compile", "log", engine, "pcre2"))


def counted(run):
    for engine in ("redoubt", "redoubt-posix"):
        for row in ("a{1000}", "(a{0,30}){0,30}"):
            yield at_least(f"{engine}: `{row}` against {re2_for(engine)}", 4,
                           run.ratio("counted", row, engine, re2_for(engine)))
        for large, base in (("a{10000}", "a{1000}"), ("(a{0,100}){0,100}", "(a{0,30}){0,30}")):
            mine, less = run.cost("counted", large, engine), run.cost("counted", base, engine)
            what = f"{engine}: time of `{large}` against `{base}`"
            error = run.error("counted", large, engine)
            if error:
                yield (what, "<= 12x", error, False)
            else:
                yield at_most(what, 12, mine / less if mine and less else None)


def all_targets(run):
    for part in (bare, whole, every_row, small, counted):
        yield from part(run)


def limits(run):
    """Not targets: PCRE2's JIT is the limit to approach."""
    for engine in ("redoubt", "redoubt-posix"):
        for group in ("lines", "search", "large", "short", "tiny"):
            ratio = run.mean_ratio(group, engine, "pcre2-jit")
            if ratio:
                yield f"{engine}: {group}, mean, against pcre2-jit", ratio
    known = mean(run.ratio(g, row, "redoubt-posix", "redoubt") for g in REALISTIC for row in run.rows.get(g, []))
    if known:
        yield "redoubt-posix against redoubt, mean of all these rows", known
