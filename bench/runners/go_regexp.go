// Runner for Go's regexp: reads requests, times itself (CPU time of the process, the collector's share included).
// bench/engine_outside.cc states the protocol.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"unsafe"
)

const (
	start   = uint64(0xCBF29CE484222325)
	prime   = uint64(0x100000001B3)
	noMatch = uint64(1) << 40
)

func cpuNanoseconds() int64 {
	const processCPUTime = 2
	var now syscall.Timespec
	syscall.Syscall(syscall.SYS_CLOCK_GETTIME, processCPUTime, uintptr(unsafe.Pointer(&now)), 0)
	return now.Nano()
}

func statusBytes(key string) uint64 {
	text, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(line, key+":") {
			var kilobytes uint64
			fmt.Sscan(line[len(key)+1:], &kilobytes)
			return kilobytes * 1024
		}
	}
	return 0
}

type session struct {
	mode     string
	patterns []string
	text     []byte
	lines    [][]byte
	re       *regexp.Regexp
	before   uint64
}

func open(in *bufio.Reader, request string) (*session, error) {
	var variant string
	var icase, groups, count, size int
	s := &session{}
	fmt.Sscanf(request, "open %s %s %d %d %d %d", &variant, &s.mode, &icase, &groups, &count, &size)
	for k := 0; k < count; k++ {
		pattern, err := in.ReadString('\n')
		if err != nil {
			return nil, err
		}
		pattern = strings.TrimSuffix(pattern, "\n")
		if icase == 1 {
			pattern = "(?i)" + pattern
		}
		s.patterns = append(s.patterns, pattern)
	}
	s.text = make([]byte, size)
	if _, err := io.ReadFull(in, s.text); err != nil {
		return nil, err
	}
	if s.mode == "lines" {
		s.lines = bytes.Split(bytes.TrimSuffix(s.text, []byte("\n")), []byte("\n"))
	}
	regexp.MustCompile("(a|b)*c").FindSubmatchIndex([]byte("abc")) // its code's pages are not its memory
	debug.FreeOSMemory()
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
	s.before = statusBytes("VmRSS")
	for _, pattern := range s.patterns {
		re, err := regexp.Compile(pattern)
		if err != nil {
			return nil, err
		}
		s.re = re
	}
	return s, nil
}

var sink int

func (s *session) pass(visit func([]int)) {
	switch s.mode {
	case "compile":
		for _, pattern := range s.patterns {
			sink += regexp.MustCompile(pattern).NumSubexp()
		}
	case "lines":
		for _, line := range s.lines {
			visit(s.re.FindSubmatchIndex(line))
		}
	default:
		for _, found := range s.re.FindAllSubmatchIndex(s.text, -1) {
			visit(found)
		}
	}
}

func (s *session) answer() string {
	matches, spans, groups := 0, start, start
	mix := func(digest *uint64, word uint64) { *digest = (*digest ^ word) * prime }
	if s.mode != "compile" {
		s.pass(func(found []int) {
			if found == nil {
				mix(&spans, noMatch)
				return
			}
			matches++
			for k, offset := range found {
				if k < 2 {
					mix(&spans, uint64(offset))
				} else {
					mix(&groups, uint64(int64(offset)))
				}
			}
		})
	}
	return fmt.Sprint(matches, " ", spans, " ", groups)
}

func main() {
	runtime.GOMAXPROCS(1)
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	var s *session
	for {
		request, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch {
		case strings.HasPrefix(request, "open "):
			if s, err = open(in, request); err != nil {
				fmt.Println(strings.ReplaceAll(err.Error(), "\n", " "))
				return
			}
			fmt.Println("ok")
		case s == nil:
			return
		case strings.HasPrefix(request, "time "):
			var passes int
			fmt.Sscanf(request, "time %d", &passes)
			begin := cpuNanoseconds()
			for k := 0; k < passes; k++ {
				s.pass(func(found []int) { sink += len(found) })
			}
			fmt.Println(cpuNanoseconds() - begin)
		case request == "answer\n":
			fmt.Println(s.answer())
		case request == "peak\n":
			peak := statusBytes("VmHWM")
			if peak < s.before {
				peak = s.before
			}
			fmt.Println(peak - s.before)
		}
	}
}
