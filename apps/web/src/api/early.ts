/** `read`: the content of an answer that says yes, else null; `data`: the same once it is there. */
type Early = { answer: Promise<Response>; at: number; read: Promise<unknown>; data?: unknown }
type Asked = Map<string, Early>

declare global {
  /** What the first script of the page has asked for; each answer is taken once. */
  var thingwireAsked: Asked | undefined
}

/** Who comes later wants to know how it is then. */
const freshMs = 10_000

/** As the client of the API asks. */
const init: RequestInit = { credentials: 'same-origin', headers: { accept: 'application/json' } }

/** The requests that a page begins with. It runs as a text, too: it must not know anything outside of itself. */
export const firstRequests = (pathname: string, search: string): string[] => {
  if (/^\/(sign-in|login|activationLinkExpired|passwordResetLinkExpired)/.test(pathname)) return []
  const [, place, id] = /^\/(dashboards|rule-chains)\/([0-9a-f-]{36})$/.exec(pathname) ?? []
  if (id === undefined) return ['/api/session']
  if (place === 'rule-chains') {
    const chain = `/api/ruleChain/${id}`
    return ['/api/session', chain, `${chain}/metadata`, `${chain}/draft`]
  }
  const board = ['/api/session', `/api/dashboard/${id}`]
  // Who comes by a public link has nothing of their own.
  return search.includes('publicId=') ? board : [...board, `/api/dashboard/${id}/overlay`]
}

/** A script that stands in the page itself, so that it runs before any other has been loaded. */
export const firstScript = `{
const asked = globalThis.thingwireAsked = new Map()
for (const path of (${firstRequests.toString()})(location.pathname, location.search)) {
const one = { answer: fetch(path, ${JSON.stringify(init)}), at: performance.now() }
asked.set(path, one)
one.read = one.answer.then((answer) => (answer.ok ? answer.clone().json() : null)).then((data) => (one.data = data)).catch(() => null)
}
}`

const take = (path: string) => {
  const early = globalThis.thingwireAsked?.get(path)
  globalThis.thingwireAsked?.delete(path)
  return early && performance.now() - early.at < freshMs ? early : undefined
}

/** Undefined: nobody has asked, somebody has taken it, or it is too old. */
export const takeEarly = (path: string): Promise<Response> | undefined => take(path)?.answer

/** The same for who can use only what is there already; what is still on its way stays to be taken. */
export const takeEarlyData = (path: string): unknown =>
  (globalThis.thingwireAsked?.get(path)?.data ?? null) === null ? undefined : take(path)?.data

/** Looks at an answer that somebody else will take. Null: nobody has asked, or it was no. */
export const peekEarly = async (path: string): Promise<unknown> => globalThis.thingwireAsked?.get(path)?.read ?? null
