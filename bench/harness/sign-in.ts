import { z } from 'zod'

/** The token of the demo tenant's administrator. */
export const signIn = async (url: string): Promise<string> => {
  const login = await fetch(new URL('/api/auth/login', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'tenant@thingwire.local', password: 'tenant' }),
  })
  return z.object({ token: z.string() }).parse(await login.json()).token
}
