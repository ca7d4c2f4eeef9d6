import { RedisCommands, type RedisScript } from "../../src/redis/redis-commands.ts";

type Answer = (keys: readonly string[], values: readonly string[]) => unknown;
type Asked = readonly [script: RedisScript, keys: readonly string[], values: readonly string[]];

/** Commands to a server whose every answer a test gives, and what was asked of it, in order. */
export function scriptedRedis(answers: readonly (readonly [RedisScript, Answer])[]): {
  readonly commands: RedisCommands;
  readonly asked: Asked[];
} {
  const asked: Asked[] = [];
  const commands = new RedisCommands(
    {
      eval: async (text, { keys, arguments: values }) => {
        const known = answers.find(([{ script }]) => script === text);
        if (known === undefined) throw new Error(`No answer was given for ${text}`);
        const [script, answer] = known;
        asked.push([script, keys, values]);
        return answer(keys, values);
      },
    },
    10_000,
  );
  return { commands, asked };
}
