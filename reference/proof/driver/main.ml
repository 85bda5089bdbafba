(* The proved matcher as a program: one request a line on standard input, one answer a line on standard output, as
   docs/proof-protocol.md says. Nothing that it reads ends it: a line that is no request is answered by what is wrong
   with it, and a haystack that takes too much time or memory by "!". *)

(* Processor time for one haystack, in ticks, and the heap that must not be passed at a tick. *)
let tick_s = 0.05
let max_ticks = ref 40
let max_heap_words = 200_000_000

exception Limit

let running = ref false
let ticks = ref 0

let on_tick _ =
  if !running then begin
    incr ticks;
    if !ticks > !max_ticks || (Gc.quick_stat ()).Gc.heap_words > max_heap_words then begin
      running := false;
      raise Limit
    end
  end

(* What `ask` gives, or None when it went over a limit. *)
let limited ask =
  ticks := 0;
  match
    running := true;
    let answer = ask () in
    running := false;
    answer
  with
  | answer -> Some answer
  | exception (Limit | Stack_overflow | Out_of_memory) ->
      running := false;
      None

let put_number out n = if n < 10 then Buffer.add_char out (Char.unsafe_chr (48 + n)) else Buffer.add_string out (string_of_int n)

let put_span out = function
  | None -> Buffer.add_char out '?'
  | Some (first, last) ->
      put_number out first;
      Buffer.add_char out '-';
      put_number out last

let put_slots out slots =
  List.iteri
    (fun k span ->
      if k > 0 then Buffer.add_char out ',';
      put_span out span)
    slots

let answer out line =
  let request = Wire.request line in
  let matcher = Engine.prepare request.Wire.semantics request.Wire.regex in
  Buffer.add_string out "ok";
  List.iter
    (fun haystack ->
      Buffer.add_char out ' ';
      match limited (fun () -> Engine.slots matcher haystack) with
      | None -> Buffer.add_char out '!'
      | Some None -> Buffer.add_char out 'n'
      | Some (Some slots) -> put_slots out slots)
    request.Wire.haystacks

let one_line text = String.map (fun c -> if c < ' ' || c > '~' then '?' else c) text

let () =
  (match Sys.argv with
  | [| _ |] -> ()
  | [| _; "--limit-ms"; ms |] when int_of_string_opt ms <> None ->
      max_ticks := max 1 (int_of_string ms / int_of_float (tick_s *. 1000.))
  | _ ->
      prerr_endline "usage: proof-... [--limit-ms N]   (requests on standard input, see docs/proof-protocol.md)";
      exit 2);
  Gc.set { (Gc.get ()) with Gc.minor_heap_size = 1 lsl 18; Gc.space_overhead = 200 };
  Sys.set_signal Sys.sigvtalrm (Sys.Signal_handle on_tick);
  ignore (Unix.setitimer Unix.ITIMER_VIRTUAL { Unix.it_interval = tick_s; Unix.it_value = tick_s });
  set_binary_mode_in stdin true;
  set_binary_mode_out stdout true;
  Printf.printf
    "{\"protocol\":\"redoubt-proof/1\",\"name\":\"%s\",\"version\":\"0.1.0\",\"semantics\":{%s},\"offsets\":\"bytes\",\"features\":[%s]}\n%!"
    Numbers.name
    (String.concat "," (List.map (fun s -> "\"" ^ s ^ "\":\"captures\"") Engine.semantics))
    (String.concat "," (List.map (fun f -> "\"" ^ f ^ "\"") Engine.features));
  let out = Buffer.create 65536 in
  let failed head sentence =
    Buffer.clear out;
    Buffer.add_string out (head ^ " " ^ one_line sentence)
  in
  try
    while true do
      let line = input_line stdin in
      Buffer.clear out;
      (try answer out line with
      | Wire.Bad sentence -> failed "error" sentence
      | Engine.Unsupported sentence -> failed "unsupported" sentence
      | Stack_overflow | Out_of_memory -> failed "unsupported" "the request is too large");
      Buffer.add_char out '\n';
      Buffer.output_buffer stdout out;
      flush stdout
    done
  with End_of_file | Sys_error _ -> ()
