/** What the first page needs for sure, asked for before the application has started; each answer is taken once. */
const asked = new Map<string, { answer: Promise<Response>; at: number }>()
/** Who comes later wants to know how it is then. */
const freshMs = 10_000

/** As the client of the API asks. */
const init: RequestInit = { credentials: 'same-origin', headers: { accept: 'application/json' } }

export const askEarly = (path: string): void => {
  const answer = fetch(path, init)
  // Who takes it hears of the failure; nobody has to take it.
  answer.catch(() => {})
  asked.set(path, { answer, at: performance.now() })
}

/** Undefined: nobody has asked, somebody has taken it, or it is too old. */
export const takeEarly = (path: string): Promise<Response> | undefined => {
  const early = asked.get(path)
  asked.delete(path)
  return early && performance.now() - early.at < freshMs ? early.answer : undefined
}

const closedToNobody = /^\/(sign-in|login|activationLinkExpired|passwordResetLinkExpired)/
const dashboardPage = /^\/dashboards\/([0-9a-f-]{36})$/

/** The requests that a page begins with. */
export const firstRequests = (pathname: string): string[] => {
  if (closedToNobody.test(pathname)) return []
  const dashboardId = dashboardPage.exec(pathname)?.[1]
  return ['/api/session', ...(dashboardId === undefined ? [] : [`/api/dashboard/${dashboardId}`])]
}
