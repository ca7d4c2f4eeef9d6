import {
  BOTH,
  heldToken,
  isResting,
  justBegun,
  justEnded,
  openPrompts,
  promptsAt,
  sharersOf,
  waitsAt,
} from "./what-is-so.ts";
import type { ModelWorld } from "./model-world.ts";

export interface Invariant {
  readonly sentence: string;
  /** Looks at a world after each step; says what is wrong, or nothing. */
  readonly broken: (world: ModelWorld) => string | false;
}

/** What the engine promises, whatever happens in whatever order. */
export const INVARIANTS: readonly Invariant[] = [
  {
    sentence:
      "One prompt at a time reaches the person from all credentials and processes that share their sign-ins.",
    broken: (world) => {
      const together = world.arrangement.together === "two_processes";
      const gates = openPrompts(world).map(({ of }) => (together ? "both" : world.gateOf(of)));
      return new Set(gates).size < gates.length && `${gates.length} prompts are open`;
    },
  },
  {
    sentence: "Calls that ask for the same share one request.",
    broken: (world) => {
      const keys = world.open
        .filter(({ kind }) => kind === "silent")
        .map(({ of, scope }) => `${of} ${scope}`);
      return new Set(keys).size < keys.length && `requests at once: ${keys.join(", ")}`;
    },
  },
  {
    sentence:
      "Nothing is asked of a person, or of the authority at a caller's cost, for which no caller waits.",
    broken: (world) => {
      const idle = world.open.find(({ of, kind, request }) =>
        kind === "prompt" ? !waitsAt(world, of) : !request.background && !waitsAt(world, of, "own"),
      );
      return idle !== undefined && `${idle.kind} ${idle.id} goes on for nobody`;
    },
  },
  {
    sentence:
      "A person is asked only when the flow has said, since the last sign-in, that it cannot do without.",
    broken: (world) => {
      for (const { of, scope, begunAtStep } of justBegun(world, "prompt")) {
        if (world.calls.some((call) => call.of === of && call.by === "forced" && call.begunAtStep >= 0))
          continue;
        if (world.signedOutAtStep[of]! > world.signedInAtStep[of]!) continue;
        const tried = world.requests.findLast(
          (one) => one.kind === "silent" && one.of === of && one.scope === scope,
        );
        if (tried?.refused !== "required") return `credential ${of} asks though it had not to`;
        const signedIn = Math.max(...sharersOf(world, of).map((each) => world.signedInAtStep[each]!));
        if (tried.begunAtStep < signedIn && signedIn <= begunAtStep && signedIn > 0)
          return `credential ${of} asks without having tried the new sign-in`;
      }
      return false;
    },
  },
  {
    sentence: "A caller that aborts gets its AbortError at once, and nobody else gets one for it.",
    broken: (world) => {
      const [verb, index] = world.action.split(" ");
      for (const [at, call] of world.calls.entries()) {
        const isIt = verb === "abort" && String(at) === index;
        const ended = call.endedAtStep === world.step;
        if (isIt && (!ended || call.error?.name !== "AbortError")) return `call ${at} was not aborted`;
        const isOfCredential =
          world.signedOutAtStep[call.of] === world.step || world.disposedAtStep[call.of] === world.step;
        if (!isIt && ended && call.error?.name === "AbortError" && !isOfCredential)
          return `call ${at} ended by an abort that is not its own`;
      }
      return false;
    },
  },
  {
    sentence:
      "After the person's no, prompts rest for calls that nobody asked for, until the time is over or a sign-in succeeds.",
    broken: (world) => {
      for (const { of, request } of justBegun(world, "prompt")) {
        if (!request.explicit && isResting(world, of)) return `credential ${of} asks while prompts rest`;
      }
      // In a jump of the clock a person's time may end, and the rest after it begin and end.
      if (world.action.startsWith("later")) return false;
      const refused = justEnded(world).find(
        ({ of, error }) => error?.detail === "prompt_cooldown" && !isResting(world, of),
      );
      return refused !== undefined && "a call was refused although nothing rests";
    },
  },
  {
    sentence: "A sign-out ends what is under way, and until the next sign-in nothing is got silently.",
    broken: (world) => {
      for (const of of BOTH) {
        const since = world.signedOutAtStep[of]!;
        if (since === world.step && waitsAt(world, of, "own")) return "a call goes on after the sign-out";
        if (since < world.signedInAtStep[of]! || since < 0) continue;
        if (world.requests.some((one) => one.kind === "silent" && one.of === of && one.begunAtStep >= since))
          return "the flow is asked silently after the sign-out";
      }
      return false;
    },
  },
  {
    sentence:
      "No token that was got before its account's sign-out is served afterwards, by no credential of the store.",
    broken: (world) => {
      for (const { of, token, begunAtStep } of justEnded(world)) {
        const facts = world.tokens.get(token ?? "");
        if (!facts) continue;
        const sharers = world.arrangement.together === "one_store" ? BOTH : [of];
        for (const each of sharers) {
          const since = world.signedOutAtStep[each]!;
          const isGone = each === of || facts.account === world.signedOut;
          if (since >= 0 && isGone && begunAtStep > since && facts.issuedAtStep <= since)
            return `credential ${of} serves a token of an account that was signed out`;
          if (each === of && since >= 0 && facts.from.begunAtStep <= since && facts.issuedAtStep >= since)
            return "an answer from before the sign-out is served";
        }
      }
      return false;
    },
  },
  {
    sentence:
      "A disposed credential ends its calls at once, asks nobody anything and answers later calls with an error.",
    broken: (world) => {
      for (const of of BOTH) {
        const since = world.disposedAtStep[of]!;
        if (since < 0) continue;
        if (waitsAt(world, of, "own")) return "a call waits for a disposed credential";
        if (world.open.some((one) => one.of === of)) return "a request goes on";
        if (world.requests.some((one) => one.of === of && one.begunAtStep >= since))
          return "a request was begun";
        const served = justEnded(world).find((call) => call.of === of && call.begunAtStep > since);
        if (served && served.error?.detail !== "disposed") return "a call was not refused";
      }
      return false;
    },
  },
  {
    sentence: "No token is served that has expired.",
    broken: (world) => {
      const late = justEnded(world).find(
        ({ token = "", endedAt }) => (world.tokens.get(token)?.expiresOn ?? Infinity) <= endedAt,
      );
      return late !== undefined && "an expired token was served";
    },
  },
  {
    sentence:
      "A token that needs no renewal is served at once, and one that is still valid in spite of a fault or a slow authority.",
    broken: (world) => {
      for (const call of world.calls) {
        if (call.begunAtStep < 0 || call.by !== "getToken") continue;
        const held = heldToken(world, call);
        if (!held) continue;
        const ended = call.endedAtStep === world.step;
        if (held === "calm" && call.begunAtStep === world.step && !call.token)
          return "a token at hand was not served";
        if (held === "valid" && ended && call.error?.code === "network")
          return "a fault was told though a token is valid";
        // A person who is being asked is waited for.
        const asked = promptsAt(world, call.of).map(({ endedAt = Infinity }) => endedAt);
        const waited = world.clock.monotonic() - Math.max(call.begunAt, ...asked);
        if (held === "valid" && call.state === "pending" && waited >= 1500)
          return "a call waits though a token is valid";
      }
      return false;
    },
  },
  {
    sentence:
      "A token is of the scope that was asked for, of this credential, and of nobody but who signed in last.",
    broken: (world) => {
      for (const { of, scope, token } of justEnded(world)) {
        const facts = world.tokens.get(token ?? "");
        if (!facts) continue;
        if (facts.scope !== scope || facts.from.of !== of) return "another request's token was served";
        const last = [...world.tokens.values()].findLast(
          (one) => one.wasOpen && one.from.of === of && one.from.kind === "prompt",
        );
        if (last && last.account !== facts.account && last.issuedAtStep > facts.from.begunAtStep)
          return "a former account's token came back";
      }
      return false;
    },
  },
  {
    sentence: "A token that is due for renewal is served at once and renewed in the background, once.",
    broken: (world) => {
      for (const { of, scope, by, token, begunAtStep } of justEnded(world)) {
        const facts = world.tokens.get(token ?? "");
        if (by !== "getToken" || !facts || begunAtStep !== world.step) continue;
        const age = world.clock.now() - (facts.expiresOn - 3_600_000);
        const renewal = world.requests.findLast(
          (one) => one.kind === "silent" && one.of === of && one.scope === scope,
        );
        const recent = renewal && renewal.begunAtStep > facts.issuedAtStep;
        if (age >= 1_800_000 && age < 3_300_000 && !recent) return "no renewal was begun";
        if (age < 1_800_000 && renewal?.begunAtStep === world.step && !world.action.startsWith("call 3"))
          return "a renewal was begun that is not due";
      }
      return false;
    },
  },
];
