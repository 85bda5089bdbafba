// Runner for Rust's regex 1.7: its public API, or ("nfa") its simulation of the program alone, by the crate's own
// undocumented switch. Times itself (CPU time of the process). bench/engine_outside.cc states the protocol.
use regex::bytes::{CaptureLocations, Regex, RegexBuilder};
use regex::internal::ExecBuilder;
use std::io::{self, BufRead, Write};

const START: u64 = 0xCBF29CE484222325;
const PRIME: u64 = 0x100000001B3;
const NO_MATCH: u64 = 1 << 40;
const SIZE_LIMIT: usize = 1 << 30;

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}
extern "C" {
    fn clock_gettime(clock: i32, now: *mut Timespec) -> i32;
}

fn cpu_nanoseconds() -> i64 {
    const PROCESS_CPUTIME: i32 = 2;
    let mut now = Timespec { seconds: 0, nanoseconds: 0 };
    // SAFETY: `now` has the layout that clock_gettime writes on 64-bit Linux.
    unsafe { clock_gettime(PROCESS_CPUTIME, &mut now) };
    now.seconds * 1_000_000_000 + now.nanoseconds
}

fn status_bytes(key: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|l| l.starts_with(key)).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// So that nothing timed is optimized away.
fn keep(value: usize) {
    // SAFETY: a read of a local variable.
    unsafe { std::ptr::read_volatile(&value) };
}

fn compile(pattern: &str, nfa: bool, icase: bool) -> Result<Regex, String> {
    if !nfa {
        return RegexBuilder::new(pattern)
            .unicode(false)
            .case_insensitive(icase)
            .size_limit(SIZE_LIMIT)
            .build()
            .map_err(|e| e.to_string());
    }
    let text = if icase { format!("(?i){}", pattern) } else { pattern.to_string() };
    ExecBuilder::new(&text)
        .nfa()
        .bytes(true)
        .only_utf8(false)
        .unicode(false)
        .build()
        .map(|exec| exec.into_byte_regex())
        .map_err(|e| e.to_string())
}

struct Session {
    mode: String,
    nfa: bool,
    icase: bool,
    groups: usize,
    patterns: Vec<String>,
    text: Vec<u8>,
    lines: Vec<(usize, usize)>,
    re: Option<(Regex, CaptureLocations)>,
    before: u64,
}

fn open(input: &mut impl BufRead, request: &str) -> Result<Session, String> {
    let words: Vec<&str> = request.split_whitespace().collect();
    let number = |k: usize| words[k].parse::<usize>().unwrap_or(0);
    let mut s = Session {
        nfa: words[1] == "nfa",
        mode: words[2].to_string(),
        icase: number(3) == 1,
        groups: number(4),
        patterns: Vec::new(),
        text: vec![0; number(6)],
        lines: Vec::new(),
        re: None,
        before: 0,
    };
    for _ in 0..number(5) {
        let mut line = String::new();
        input.read_line(&mut line).map_err(|e| e.to_string())?;
        s.patterns.push(line.trim_end_matches('\n').to_string());
    }
    input.read_exact(&mut s.text).map_err(|e| e.to_string())?;
    let mut begin = 0;
    while s.mode == "lines" && begin < s.text.len() {
        let end = s.text[begin..].iter().position(|&b| b == b'\n').map_or(s.text.len(), |n| begin + n);
        s.lines.push((begin, end));
        begin = end + 1;
    }
    // The pages of its code are not its memory.
    if let Ok(re) = compile("(a|b)*c", s.nfa, false) {
        keep(re.captures(b"abc").map_or(0, |c| c.len()));
    }
    std::fs::write("/proc/self/clear_refs", "5").ok();
    s.before = status_bytes("VmRSS");
    for pattern in &s.patterns {
        let re = compile(pattern, s.nfa, s.icase)?;
        let locations = re.capture_locations();
        s.re = Some((re, locations));
    }
    Ok(s)
}

impl Session {
    fn pass(&mut self, mut visit: impl FnMut(Option<&CaptureLocations>)) {
        if self.mode == "compile" {
            for pattern in &self.patterns {
                keep(compile(pattern, self.nfa, self.icase).is_ok() as usize);
            }
            return;
        }
        let (re, locations) = self.re.as_mut().unwrap();
        if self.mode == "lines" {
            for &(begin, end) in &self.lines {
                let found = re.captures_read(locations, &self.text[begin..end]).is_some();
                visit(if found { Some(locations) } else { None });
            }
            return;
        }
        let (mut at, mut last_end) = (0, usize::MAX);
        while at <= self.text.len() {
            let (begin, end) = match re.captures_read_at(locations, &self.text, at) {
                Some(found) => (found.start(), found.end()),
                None => return,
            };
            if begin < end || begin != last_end {
                visit(Some(locations));
            }
            last_end = end;
            at = if begin < end { end } else { end + 1 };
        }
    }

    fn answer(&mut self) -> String {
        let (mut matches, mut spans, mut groups) = (0u64, START, START);
        let count = self.groups;
        let mix = |digest: &mut u64, word: u64| *digest = (*digest ^ word).wrapping_mul(PRIME);
        if self.mode != "compile" {
            self.pass(|found| match found {
                None => mix(&mut spans, NO_MATCH),
                Some(locations) => {
                    matches += 1;
                    for g in 0..=count {
                        let (begin, end) = locations.get(g).map_or((u64::MAX, u64::MAX), |(b, e)| (b as u64, e as u64));
                        let digest = if g == 0 { &mut spans } else { &mut groups };
                        mix(digest, begin);
                        mix(digest, end);
                    }
                }
            });
        }
        format!("{} {} {}", matches, spans, groups)
    }
}

fn main() {
    let mut input = io::BufReader::with_capacity(1 << 16, io::stdin());
    let mut session: Option<Session> = None;
    let mut request = String::new();
    while input.read_line(&mut request).unwrap_or(0) > 0 {
        let reply = if request.starts_with("open ") {
            match open(&mut input, &request) {
                Ok(s) => {
                    session = Some(s);
                    "ok".to_string()
                }
                Err(why) => why.replace('\n', " "),
            }
        } else if let Some(s) = session.as_mut() {
            if let Some(passes) = request.strip_prefix("time ") {
                let passes: u64 = passes.trim().parse().unwrap_or(1);
                let mut sum = 0usize;
                let begin = cpu_nanoseconds();
                for _ in 0..passes {
                    s.pass(|found| sum += found.map_or(0, |l| l.len()));
                }
                let taken = cpu_nanoseconds() - begin;
                keep(sum);
                taken.to_string()
            } else if request == "answer\n" {
                s.answer()
            } else {
                status_bytes("VmHWM").saturating_sub(s.before).to_string()
            }
        } else {
            return;
        };
        println!("{}", reply);
        io::stdout().flush().ok();
        request.clear();
    }
}
