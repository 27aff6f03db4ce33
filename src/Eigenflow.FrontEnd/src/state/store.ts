/** A value that others follow. */
export interface Store<T> {
  get(): T;
  /** Replaces the value; followers are told in the order in which they came. */
  set(value: T): void;
  /** Follows the value from now on; gives what ends that. */
  subscribe(follower: (value: T, before: T) => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const followers = new Set<(value: T, before: T) => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      const before = value;
      value = next;
      for (const follower of [...followers]) follower(next, before);
    },
    subscribe(follower) {
      followers.add(follower);
      return () => followers.delete(follower);
    },
  };
}
