import { generalSettingsSchema } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'

/**
 * Where people reach the platform, without a slash at the end. It never comes from a request: whoever asks for a
 * password reset could put a host of their own into the mail that the account's owner gets.
 */
export type BaseUrl = () => Promise<string>

export const createBaseUrl =
  (deps: { settings: Pick<Database['settings'], 'get'>; config: { HTTP_PORT: number } }): BaseUrl =>
  async () => {
    const parsed = generalSettingsSchema.safeParse(await deps.settings.get('general'))
    return parsed.success ? parsed.data.baseUrl : `http://localhost:${deps.config.HTTP_PORT}`
  }
