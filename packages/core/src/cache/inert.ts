/** Names come from outside: one like "__proto__" must be a name and nothing else. */
export function inert<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null), entries) as Record<string, T>;
}
