type Asked = Map<string, { answer: Promise<Response>; at: number }>

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
  const id = /^\/dashboards\/([0-9a-f-]{36})$/.exec(pathname)?.[1]
  if (id === undefined) return ['/api/session']
  const board = ['/api/session', `/api/dashboard/${id}`]
  // Who comes by a public link has nothing of their own.
  return search.includes('publicId=') ? board : [...board, `/api/dashboard/${id}/overlay`]
}

/** A script that stands in the page itself, so that it runs before any other has been loaded. */
export const firstScript = `{
const asked = globalThis.thingwireAsked = new Map()
for (const path of (${firstRequests.toString()})(location.pathname, location.search)) {
const answer = fetch(path, ${JSON.stringify(init)})
answer.catch(() => {})
asked.set(path, { answer, at: performance.now() })
}
}`

/** Undefined: nobody has asked, somebody has taken it, or it is too old. */
export const takeEarly = (path: string): Promise<Response> | undefined => {
  const early = globalThis.thingwireAsked?.get(path)
  globalThis.thingwireAsked?.delete(path)
  return early && performance.now() - early.at < freshMs ? early.answer : undefined
}
