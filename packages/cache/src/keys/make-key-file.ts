const NAME = "cache.key";

/**
 * How a key file is made: a command for the shells of this system, whose file is private from its first moment. On
 * Windows, which has no such command, Node.js does it.
 */
export function makeKeyFile(platform: NodeJS.Platform = process.platform): string {
  return platform === "win32"
    ? `\`node -e "fs.writeFileSync('${NAME}', crypto.randomBytes(32))"\``
    : `\`(umask 077; head -c 32 /dev/urandom > ${NAME})\``;
}
