import { row, type FaultRow } from "../fault-row.ts";

const AUTHORITY_CLIENT = "packages/core/src/authority/authority-client.test.ts";
const PROXY_TUNNEL = "packages/core/src/http/proxy-tunnel.test.ts";
const NODE_HTTPS_TRANSPORT = "packages/core/src/http/node-https-transport.test.ts";
const PROXY_ENVIRONMENT = "packages/core/src/http/proxy-environment.test.ts";
const AUTHORITY_METADATA = "packages/core/src/authority/authority-metadata.test.ts";
const SIGN_IN = "packages/guarantees/test/sign-in.test.ts";
const RETRY_PACING = "packages/core/src/authority/retry-pacing.test.ts";
const TOKEN_ANSWER = "packages/core/src/tokens/token-answer.test.ts";
const PERSON = "packages/guarantees/test/person.test.ts";
const SERVER_ERROR = "packages/core/src/refusals/server-error.test.ts";
const CHALLENGE_FUZZ = "packages/core/src/tokens/claims-challenge.fuzz.test.ts";
const TOKEN_ANSWER_FUZZ = "packages/core/src/tokens/token-answer.fuzz.test.ts";
const CHECK_AUTHORITY = "packages/core/src/options/check-authority.test.ts";
const OPTIONS = "packages/core/test/options.test.ts";
const CLAIMS_CHALLENGE = "packages/core/src/tokens/claims-challenge.test.ts";
const HOSTILE_SERVER = "packages/mcp/test/hostile-server.test.ts";
const STREAMABLE_HTTP = "packages/mcp/test/streamable-http.test.ts";
const TOKEN_ENGINE = "packages/core/src/engine/token-engine.test.ts";
const AUTHORITY_HOSTS = "packages/core/src/authority/authority-hosts.test.ts";

export const AUTHORITY: readonly FaultRow[] = [
  row("A1", "A refused connection says where and why, and keeps its cause.", [
    [AUTHORITY_CLIENT, "an authority that cannot be reached A1: a refused connection says where and why"],
  ]),
  row("A2", "A name that is not found, and a proxy that refuses, are told as such.", [
    [AUTHORITY_CLIENT, "an authority that cannot be reached A2: says %s"],
    [
      PROXY_TUNNEL,
      "a proxy that does not help A2: is not asked twice with the same wrong password, which nobody gets to see",
    ],
    [PROXY_TUNNEL, "a proxy that does not help A2: is tried again when it is unwell"],
  ]),
  row(
    "A3",
    "A certificate that is unknown, expired or another's is named, with what to do, and not tried again.",
    [
      [
        AUTHORITY_CLIENT,
        "an authority that cannot be reached A3: an unknown certificate authority is named, with what to do, and not tried again",
      ],
      [NODE_HTTPS_TRANSPORT, "certificates A3: that have expired"],
      [NODE_HTTPS_TRANSPORT, "certificates A3: that are for another name"],
      [NODE_HTTPS_TRANSPORT, "certificates A3: of a chain that nobody knows"],
    ],
  ),
  row("A4", "HTTPS_PROXY and NO_PROXY are honoured; a proxy's password is shown nowhere.", [
    [
      PROXY_TUNNEL,
      "a request through a proxy A4: goes to the authority that is named, by CONNECT, and keeps its tunnel",
    ],
    [PROXY_TUNNEL, "a request through a proxy A4: does not when NO_PROXY exempts the host"],
    [
      PROXY_ENVIRONMENT,
      "a proxy's URL that means something else than it says is told, and never its password: %s",
    ],
    [
      PROXY_TUNNEL,
      "a proxy that does not help A2: is not asked twice with the same wrong password, which nobody gets to see",
    ],
  ]),
  row("A5", "A metadata request that meets 5xx is tried again and then told, as worth another try.", [
    [AUTHORITY_CLIENT, "an authority that is not well A5, A6: %s is tried again, then told"],
    [AUTHORITY_METADATA, "another authority is asked again when it is unwell, as discovery may be repeated"],
  ]),
  row("A6", "A token request that meets 5xx is told as the network's fault, and no refresh token is lost.", [
    [AUTHORITY_CLIENT, "an authority that is not well A5, A6: %s is tried again, then told"],
    [SIGN_IN, "a renewal that meets a fault is an error that may pass, not a demand to sign in"],
  ]),
  row("A7", "Retry-After of seconds is waited for to the letter.", [
    [RETRY_PACING, "Retry-After A7: of 2 s is honoured to the letter"],
  ]),
  row("A8", "Retry-After of an hour fails at once and says so; later calls do not go out until then.", [
    [RETRY_PACING, "Retry-After A8: of an hour fails at once and says so"],
    [
      RETRY_PACING,
      "Retry-After A8: keeps later calls to that host, and only those, from going out until then",
    ],
  ]),
  row("A9", "A Retry-After that is no sensible time cannot stop or hurry anything.", [
    [RETRY_PACING, "Retry-After A9: of %s is an hour's matter or more: told, not waited for"],
    [RETRY_PACING, "Retry-After A9: of %o asks for nothing: our own pauses"],
    [RETRY_PACING, "Retry-After is obeyed for an hour at most"],
  ]),
  row("A10", "Two faults and then a good answer are a good answer; an empty one is no token.", [
    [AUTHORITY_CLIENT, "an authority that is not well A10: 503 twice, then good, is good"],
    [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
  ]),
  row(
    "A11",
    "An answer that is not a JSON object is typed, names a portal or proxy, and repeats nothing of it.",
    [
      [
        AUTHORITY_CLIENT,
        "an answer that no authority sends A11: %s is refused, and its text is not repeated",
      ],
      [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
    ],
  ),
  row("A12", "What was cut off is asked again where it may be, and a code is never sent twice.", [
    [
      AUTHORITY_CLIENT,
      "an authority that cannot be reached A12: a lost connection is tried again for a refresh, four times in all",
    ],
    [
      AUTHORITY_CLIENT,
      "an authority that cannot be reached A12: a lost connection is not tried again for repeat: %s",
    ],
    [
      AUTHORITY_CLIENT,
      "an authority that cannot be reached A12: a body that is cut off is a lost connection",
    ],
  ]),
  row("A13", "Two resets and then a good answer are a good answer.", [
    [
      AUTHORITY_CLIENT,
      "an authority that cannot be reached A13: two lost connections and then an answer is an answer",
    ],
  ]),
  row("A14", "A server that never answers ends the call in limited time.", [
    [
      AUTHORITY_CLIENT,
      "an authority that cannot be reached A14: a server that never answers ends the request, and the time is for the whole of it",
    ],
    [RETRY_PACING, "retries A14: of requests that are never answered end after 60 s in all"],
    [PERSON, "it always ends an authority that never answers ends as a timeout"],
  ]),
  row("A15", "One byte after the other does not stretch the limit.", [
    [
      AUTHORITY_CLIENT,
      "an authority that cannot be reached A15: one byte after the other does not stretch the time",
    ],
  ]),
  row("A16", "An answer over 1 MiB is not read.", [
    [AUTHORITY_CLIENT, "an answer that no authority sends A16: 200 MB are not read"],
    [AUTHORITY_CLIENT, "an answer that no authority sends A16: a length that announces too much is believed"],
  ]),
  row("A17", "Nor one that inflates beyond that.", [
    [AUTHORITY_CLIENT, "an answer that no authority sends A17: what inflates beyond the limit is refused"],
  ]),
  row("A18", "No redirect is followed.", [
    [
      AUTHORITY_CLIENT,
      "an answer that no authority sends A18: a redirect with the status %i is not followed",
    ],
  ]),
  row(
    "A19",
    "A refusal keeps its code, number, words and ids; the words `error` and `suberror` alone decide.",
    [
      [SERVER_ERROR, "A19: $error $aadsts $more with interactive %s is %s"],
      [SERVER_ERROR, "what decides is the error %s, not the number"],
    ],
  ),
  row("A20", '"Temporarily unavailable" is tried again.', [
    [AUTHORITY_CLIENT, "an authority that is not well A20: keeps what the authority says about it"],
    [AUTHORITY_CLIENT, "an authority that is not well A5, A6: %s is tried again, then told"],
  ]),
  row("A21", "Keys of the prototype in an answer change nothing.", [
    [
      AUTHORITY_CLIENT,
      "a request is sent as a form, names its correlation id, and brings a JSON object without prototypes",
    ],
    [
      AUTHORITY_METADATA,
      "another authority may have more to tell, which is kept, and less, which is filled in",
    ],
    [TOKEN_ANSWER_FUZZ, "T16: damaged answers bring typed errors or good tokens"],
  ]),
  row("A22", "A document of another issuer is refused.", [
    [AUTHORITY_METADATA, "a document that is refused A22: for its issuer %o"],
    [
      AUTHORITY_METADATA,
      "a document that is refused A22: for an issuer on another port, with a user, or of another tenant",
    ],
  ]),
  row("A23", "A document that names endpoints elsewhere is refused; nothing is sent there.", [
    [AUTHORITY_METADATA, "a document that is refused A23, B2: for a %s elsewhere, to which nothing is sent"],
  ]),
  row("A24", "Endpoints that are no text are typed.", [
    [AUTHORITY_METADATA, "a document that is refused A24, B1, B3: for its %s %o"],
  ]),
  row("A25", "An authority host that is none is refused by the constructor.", [
    [CHECK_AUTHORITY, "A25: an authority host refuses %o"],
    [OPTIONS, "a wrong option is a TypeError that names it, from the constructor %s: %j"],
  ]),
  row("A26", "A tenant that is none is refused by the constructor.", [
    [CHECK_AUTHORITY, "A26: a tenant refuses %o"],
    [OPTIONS, "a wrong option is a TypeError that names it, from the constructor %s: %j"],
  ]),
  row("A27", "After a fault the next call goes out.", [
    [AUTHORITY_CLIENT, "an authority that is not well A27: the next call goes out again"],
  ]),
  row("A28", "A challenge is read in time that grows with its length only, and at most twenty of them.", [
    [CLAIMS_CHALLENGE, "nothing is taken from the twenty-first challenge on"],
    [CLAIMS_CHALLENGE, "16 KiB of %s are read within 5 ms"],
    [CHALLENGE_FUZZ, "damaged headers of any kind bring claims that are an object, or none"],
  ]),
  row("A29", "Of a challenge only the claims count: no scope, tenant or authority in it.", [
    [CLAIMS_CHALLENGE, "only the claims of a challenge are taken: no scope, no tenant, no authority"],
    [HOSTILE_SERVER, "a challenge cannot ask for a token of another resource, tenant or authority"],
  ]),
  row("A30", "A request is tried again once after a challenge; then the 401 is handed over.", [
    [HOSTILE_SERVER, "a 401 that never ends is answered once, and then handed over"],
    [
      STREAMABLE_HTTP,
      "a 401 that asks for an authentication context leads to one prompt, and the call goes on",
    ],
  ]),
  row("A31", "Claims that are no JSON object are ignored.", [
    [CLAIMS_CHALLENGE, "nothing is taken %s"],
    [TOKEN_ENGINE, "claims claims that are no JSON object are refused: %s"],
  ]),
  row("A32", "Claims count for one call; the new token is kept.", [
    [
      TOKEN_ENGINE,
      "claims a claims challenge goes to the authority once; the new token is kept, the claims are forgotten",
    ],
    [SIGN_IN, "a claims challenge goes to the authority for one call only"],
  ]),
  row("A33", "A connection that is not made is given up after its own limit.", [
    [NODE_HTTPS_TRANSPORT, "connections A33: that are not made in time are given up, and the socket is gone"],
    [NODE_HTTPS_TRANSPORT, "connections A33: the limit is for the connection, not for the answer"],
  ]),
  row("A34", "A connection that died unnoticed is replaced once.", [
    [NODE_HTTPS_TRANSPORT, "connections A34: that died unnoticed are replaced, once, by a new one"],
    [NODE_HTTPS_TRANSPORT, "connections A34: a new one that is lost as well is an error"],
  ]),
  row("A35", "The clouds are a table; other hosts are asked about before anything is sent to them.", [
    [AUTHORITY_HOSTS, "A35: the clouds %s is %s, with the resources of %s"],
    [AUTHORITY_HOSTS, "A35: the clouds %s is none of them"],
    [AUTHORITY_METADATA, "instance discovery asks the public cloud about a host that nobody knows, once"],
  ]),
];
