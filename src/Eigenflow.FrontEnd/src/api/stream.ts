import { ask, RefusedError, type RefusedValue } from './client';

/** One event of a stream: its name, and the JSON value that it carries. */
export interface StreamEvent {
  readonly name: string;
  readonly data: unknown;
}

/** Takes the text of a stream of events as it comes, in any pieces, and gives the events that are whole. */
export function createEventParser(): (text: string) => StreamEvent[] {
  let rest = '';
  return (text) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      let name = 'message';
      const data: string[] = [];
      for (const line of block.split('\n')) {
        if (line.startsWith('event:')) name = line.slice(6).trim();
        else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
      }
      return data.length === 0 ? [] : [{ name, data: JSON.parse(data.join('\n')) as unknown }];
    });
  };
}

/** Asks for work in the background and follows it until its end. Gives what it came to; an error that the stream tells is thrown as a refusal is. */
export async function follow<T>(path: string, body: unknown, signal: AbortSignal, told: (event: StreamEvent) => void): Promise<T> {
  // A page that is left may be kept by the browser with its streams open, to come back to: the work for it ends all the same.
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  addEventListener('pagehide', leave);
  try {
    return await read<T>(await ask(path, body, AbortSignal.any([signal, leaving.signal])), told);
  } finally {
    removeEventListener('pagehide', leave);
  }
}

async function read<T>(response: Response, told: (event: StreamEvent) => void): Promise<T> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const parse = createEventParser();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new RefusedError('The explorer ended before the work was done; start it again with eigenflow explore.', 0);
    for (const event of parse(value)) {
      if (event.name === 'done') return event.data as T;
      if (event.name === 'error') {
        const { error, parameter, errors } = event.data as { error: string; parameter?: string; errors?: readonly RefusedValue[] };
        throw new RefusedError(error, 422, parameter, errors);
      }
      told(event);
    }
  }
}
