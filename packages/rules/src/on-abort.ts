type Link = { call: () => void; previous: Link; next: Link }

const ring = Symbol('callbacks of a signal')

const createRing = (): Link => {
  const head: Partial<Link> = { call: () => {} }
  head.previous = head.next = head as Link
  return head as Link
}

const remove = (link: Link): void => {
  link.previous.next = link.next
  link.next.previous = link.previous
  // A removed one points to nobody, so that it keeps nobody: see `onAbort`.
  link.previous = link.next = link
}

const callAll = (head: Link): void => {
  while (head.next !== head) {
    const first = head.next
    remove(first)
    first.call()
  }
}

/**
 * Calls back once when the signal aborts, or at once when it has; what it returns takes that back.
 *
 * For signals that outlive those who listen. Node links the listeners of a signal to each other and leaves the links of
 * those that are removed: one of them in the old generation keeps all that came after it, with the batches they
 * stand for, until the next full collection, and each of them brings the collector to move the next ones there too.
 */
export const onAbort = (signal: AbortSignal, call: () => void): (() => void) => {
  if (signal.aborted) {
    call()
    return () => {}
  }
  // On the signal itself: a map of weak keys costs the collector more than all else here.
  const listened: AbortSignal & { [ring]?: Link } = signal
  let head = listened[ring]
  if (!head) {
    const made = createRing()
    signal.addEventListener('abort', () => callAll(made), { once: true })
    listened[ring] = head = made
  }
  const link: Link = { call, previous: head.previous, next: head }
  head.previous.next = link
  head.previous = link
  return () => remove(link)
}
