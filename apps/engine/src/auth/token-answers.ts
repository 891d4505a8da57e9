import type { JwtPair, LoginAnswer } from '@thingwire/contracts'
import { type Entered, isPending, type SignedIn } from './sign-in.ts'

/** The tokens of a session as API clients get them. */
export const toPair = ({ pair }: SignedIn): JwtPair => ({ token: pair.access.token, refreshToken: pair.refresh.token })

/** The same, or with a `scope` the token for the step that is still missing. */
export const toLoginAnswer = (entered: Entered): LoginAnswer =>
  isPending(entered) ? { token: entered.token.token, scope: entered.scope } : toPair(entered)
