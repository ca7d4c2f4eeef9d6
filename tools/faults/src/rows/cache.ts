import { row, type FaultRow } from "../fault-row.ts";

const PERSISTENT_TOKEN_CACHE = "packages/cache/test/persistent-token-cache.test.ts";
const OPEN_LOCK = "packages/cache/src/lock/open-lock.test.ts";
const SHARING = "packages/cache/test/sharing.test.ts";
const BLOB_DOCUMENT = "packages/core/src/cache/blob/blob-document.test.ts";
const SEALED_FORMAT = "packages/cache/src/sealed/sealed-format.test.ts";
const UNUSUAL_FILES = "packages/cache/test/unusual-files.test.ts";
const GUARDED_STORE = "packages/core/src/cache/guarded-store.test.ts";
const STORE_FAULTS = "packages/core/src/msal/store-faults.test.ts";
const CACHE_NAME = "packages/cache/src/cache-name.test.ts";
const WHOLE_STACK = "packages/cache/test/whole-stack.test.ts";
const SOCKET_LOCK = "packages/cache/src/lock/socket-lock.test.ts";
const DURABILITY = "packages/cache/test/durability.test.ts";
const KEYRING_FAULTS = "packages/cache/test/keyring-faults.test.ts";
const SIGN_IN_KEPT = "packages/cache/test/sign-in-kept.test.ts";
const SECRET_SERVICE = "packages/cache/test/secret-service.test.ts";
const MANY_ACCOUNTS = "packages/cache/test/many-accounts.test.ts";
const SIGNED_OUT = "packages/core/src/cache/signed-out.test.ts";
const READ_MSAL_CACHE = "packages/cache/test/read-msal-cache.test.ts";
const MOVE_FROM_ONE_FILE = "packages/cache/test/move-from-one-file.test.ts";
const PREPARE_DIRECTORY = "packages/cache/src/file/prepare-directory.test.ts";
const ELSEWHERE = "on macOS and a real Windows: `npm run test:elsewhere`";

export const CACHE: readonly FaultRow[] = [
  row(
    "C1",
    "File and folder are the person's own from their first moment, whatever the umask.",
    [
      [
        PERSISTENT_TOKEN_CACHE,
        "protection file and folder are private from their first moment under umask %o",
      ],
      [OPEN_LOCK, "on %s the lock comes with the opening, privately, and follows no link"],
      [SHARING, "no other user, temp name, argument or variable tells a token"],
    ],
    ELSEWHERE,
  ),
  row("C2", "An older file that others could read is made private, with a warning.", [
    [PERSISTENT_TOKEN_CACHE, "protection a file that others could read is made private"],
  ]),
  row(
    "C3",
    "A damaged file costs one account: it is put aside, told without its content, and the sign-in works.",
    [
      [
        PERSISTENT_TOKEN_CACHE,
        "damaged files %s costs its account alone: it is put aside, and the cache goes on",
      ],
      [
        BLOB_DOCUMENT,
        "damaged documents %s: the cache starts empty, and says so without a word of the content",
      ],
    ],
  ),
  row(
    "C4",
    "Content of another shape counts as damaged; that of a newer version is left alone, and costs one account.",
    [
      [
        BLOB_DOCUMENT,
        "damaged documents %s: the cache starts empty, and says so without a word of the content",
      ],
      [BLOB_DOCUMENT, "damaged documents of a newer version: it is left alone"],
      [
        PERSISTENT_TOKEN_CACHE,
        "damaged files a file of a newer version is left alone, and costs no other account",
      ],
    ],
  ),
  row("C5", "A file cut at any length is damaged.", [
    [SEALED_FORMAT, "a file %s is refused at every length but its own"],
  ]),
  row("C6", "One bit that flips is noticed.", [
    [SEALED_FORMAT, "a file %s is refused when any one bit is another"],
  ]),
  row("C7", "A full disk costs the new record only.", [
    [
      UNUSUAL_FILES,
      "a disk without space costs the new record only: the others and the old one are whole, and nothing else is left (mounts a small tmpfs: Linux, as root only)",
    ],
    [GUARDED_STORE, "a store whose %s fails costs no token: it is kept in memory, and a warning says %s"],
  ]),
  row("C8", "Where nothing can be written the token is handed out, with one warning.", [
    [
      UNUSUAL_FILES,
      "another user, whom modes bind (runs as root only) reads a cache in a read-only folder, and says that it cannot save",
    ],
    [GUARDED_STORE, "a store whose %s fails costs no token: it is kept in memory, and a warning says %s"],
    [
      STORE_FAULTS,
      "a token cache that breaks while the person signs in (%s) takes no token away: it is a warning, and the sign-in is saved when it works again",
    ],
  ]),
  row(
    "C9",
    "Another user's file is never used.",
    [
      [
        UNUSUAL_FILES,
        "at the cache's path another user's file is not used, even if it can be read (runs as root only)",
      ],
      [UNUSUAL_FILES, "another user, whom modes bind (runs as root only) does not use root's cache"],
      [
        UNUSUAL_FILES,
        "another user, whom modes bind (runs as root only) is told of a file that it cannot read, and of a folder that it cannot enter",
      ],
    ],
    ELSEWHERE,
  ),
  row("C10", "A link in an account's place, or a temporary file's, is not followed.", [
    [
      UNUSUAL_FILES,
      "at the cache's path %s is refused at once and left as it is, and costs no other account",
    ],
    [
      UNUSUAL_FILES,
      "at the cache's path a link at a temporary file's place is not followed, and does not stop a save",
    ],
  ]),
  row("C11", "A folder, a pipe or a device in its place is refused at once, and costs one account.", [
    [
      UNUSUAL_FILES,
      "at the cache's path %s is refused at once and left as it is, and costs no other account",
    ],
  ]),
  row("C12", "A name that leaves the folder, or is none on Windows, is refused by the constructor.", [
    [CACHE_NAME, "%j is refused at construction, before anything is touched"],
  ]),
  row("C13", "Several writers at once lose nothing.", [
    [
      SHARING,
      "processes that share a cache lose nothing and read nothing bad, 8 that save one account or one each and 4 that read",
    ],
  ]),
  row("C14", "Nor with readers beside them, who read nothing bad.", [
    [
      SHARING,
      "processes that share a cache lose nothing and read nothing bad, 8 that save one account or one each and 4 that read",
    ],
  ]),
  row("C15", "Credentials in eight processes lose no token.", [
    [
      WHOLE_STACK,
      "credentials in 8 processes over one cache of all the tokens none is lost: a new process has each from the cache",
    ],
  ]),
  row("C16", "A process that is killed at any time breaks no file and loses nothing that was acknowledged.", [
    [
      SHARING,
      "processes that share a cache lose nothing to kill -9 while they save %s, %i times, and no lock stays",
    ],
  ]),
  row(
    "C17",
    "A lock ends with its owner.",
    [
      [SHARING, "the lock of an account that another process holds ends with its owner, however that ends"],
      [
        SHARING,
        "processes that share a cache lose nothing to kill -9 while they save %s, %i times, and no lock stays",
      ],
    ],
    ELSEWHERE,
  ),
  row(
    "C18",
    "A lock that stays busy is a warning that names its owner; the account's file is left as it is, the token is handed out, and others are saved.",
    [
      [
        SHARING,
        "the lock of an account that another process holds is waited for and then named with its owner's pid; its file stays as it is, and other accounts are saved",
      ],
      [GUARDED_STORE, "a lock that %s costs no token, and a warning says cache_locked"],
    ],
  ),
  row("C19", "Nobody can release another's lock.", [
    [
      SOCKET_LOCK,
      "a lock that is an abstract socket (Linux only) can be released twice, and never for somebody else",
    ],
    [OPEN_LOCK, "one at a time holds it, and the next one gets it after the release"],
  ]),
  row("C20", "What an ended process left is swept.", [
    [
      PERSISTENT_TOKEN_CACHE,
      "saving A4: what an ended process left is swept by the next save of any account, what a living one writes is not",
    ],
  ]),
  row("C21", "A save is synced, renamed, and its folder synced.", [
    [DURABILITY, "a save syncs the new file, renames it, and syncs the folder, in this order"],
  ]),
  row("C22", "A change is found whatever the clock says.", [
    [PERSISTENT_TOKEN_CACHE, "reading a read finds a change whatever the clock says"],
    [PERSISTENT_TOKEN_CACHE, "reading a file that went back to an older save is read anew"],
  ]),
  row("C23", "No keyring where encryption is demanded is a typed error of the call.", [
    [
      KEYRING_FAULTS,
      "without a keyring a cache that requires one fails when it is first read, and stores nothing",
    ],
    [KEYRING_FAULTS, "without a keyring a process with a real one missing gets the error, and goes on"],
    [SIGN_IN_KEPT, "no keyring: told before anybody is asked, forced or not"],
  ]),
  row(
    "C24",
    "A keyring that is locked, refuses or has another key leaves the file as it is.",
    [
      [KEYRING_FAULTS, "with a keyring that does not serve it is %s: typed, and the file is kept"],
      [
        SECRET_SERVICE,
        "a real gnome-keyring that is locked, with nobody to unlock it, is typed and leaves the file alone",
      ],
    ],
    ELSEWHERE,
  ),
  row("C25", "A keyring that hangs is given up, and not asked again for a while.", [
    [
      KEYRING_FAULTS,
      "with a keyring that does not serve one that hangs is given up after the limit, and not asked again for a while",
    ],
    [
      SECRET_SERVICE,
      "a bus that does not serve hangs: the call ends when it is given up, and leaves no connection",
    ],
  ]),
  row("C26", "Many accounts cost a save nothing: each has a file of its own.", [
    [PERSISTENT_TOKEN_CACHE, "saving of two accounts one has its lock while the other saves"],
    [
      MANY_ACCOUNTS,
      "two hundred accounts cost a save of one of them nothing: no file of another is written or replaced",
    ],
  ]),
  row("C27", "An account may have any name, those of the prototype included.", [
    [BLOB_DOCUMENT, "an account under the name %s is an account"],
    [BLOB_DOCUMENT, "the lines of a document hold a name like %j, as a key and in an account"],
  ]),
  row("C28", "A sign-out holds, though others are saving.", [
    [
      WHOLE_STACK,
      "credentials in 8 processes over one cache a sign-out holds, though the others are saving at the time",
    ],
    [SIGNED_OUT, "what a process could not save of a sign-in that another signed out does not come back"],
    [
      PERSISTENT_TOKEN_CACHE,
      "clear nothing survives that others are saving meanwhile, at whatever moment: records %s",
    ],
  ]),
  row("C29", "Eight processes renew one token with one request.", [
    [WHOLE_STACK, "credentials in 8 processes over one cache the same new token takes one request"],
  ]),
  row(
    "C30",
    "Another tool's cache is only read; an older format of ours is moved whole, and left as it was.",
    [
      [
        READ_MSAL_CACHE,
        "where MSAL uses a keyring its item is read, whatever the file holds, and nothing is changed",
      ],
      [
        MOVE_FROM_ONE_FILE,
        "what an earlier version kept in one file is moved whole by the first save, and its file stays as it was",
      ],
    ],
  ),
  row("C31", "A temporary file that somebody has put there first is neither used nor followed.", [
    [
      UNUSUAL_FILES,
      "at the cache's path a link at a temporary file's place is not followed, and does not stop a save",
    ],
    [DURABILITY, "a save syncs the new file, renames it, and syncs the folder, in this order"],
  ]),
  row("C32", "A folder on a network file system is refused before anything is saved.", [
    [PREPARE_DIRECTORY, "a folder on a network file system is refused before anything is locked or saved"],
  ]),
  row("C33", "No token is in the name of a temporary file, an argument or a variable.", [
    [SHARING, "no other user, temp name, argument or variable tells a token"],
  ]),
];
