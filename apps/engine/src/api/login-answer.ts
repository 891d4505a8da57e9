import type { JwtPair, LoginAnswer } from '@thingwire/contracts'
import { type Entered, isPending, type SignedIn } from '../auth/sign-in.ts'

export const toJwtPair = ({ pair: { access, refresh } }: SignedIn): JwtPair => ({
  token: access.token,
  refreshToken: refresh.token,
})

/** A pair, or the token for the step that is still missing. */
export const toLoginAnswer = (entered: Entered): LoginAnswer =>
  isPending(entered) ? { token: entered.token.token, scope: entered.scope } : toJwtPair(entered)
