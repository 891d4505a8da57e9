import type { ScriptLanguage, ScriptTest } from '@thingwire/contracts'
import { maxScriptLibraries } from '@thingwire/contracts'
import { api } from './http.ts'

/** Runs a script once in the sandbox; what is wrong with it is in `error`. */
export const testScript = (scriptLang: ScriptLanguage, body: ScriptTest) =>
  api('POST /api/ruleChain/testScript', { query: { scriptLang }, body })

/** The last message that entered a node while it was debugged; a node that nobody debugged answers nothing. */
export const lastDebugMessage = (ruleNodeId: string, signal?: AbortSignal) =>
  api('GET /api/ruleNode/{ruleNodeId}/debugIn', { path: { ruleNodeId }, signal })

/** Functions that scripts share, without their bodies. */
export const listScriptLibraries = async (language: ScriptLanguage, signal?: AbortSignal) => {
  const page = await api('GET /api/scriptLibraries', {
    query: { language, page: 0, pageSize: maxScriptLibraries, sortProperty: 'name', sortOrder: 'ASC' },
    signal,
  })
  return page.data
}

export const getScriptLibrary = (libraryId: string, signal?: AbortSignal) =>
  api('GET /api/scriptLibrary/{libraryId}', { path: { libraryId }, signal })

/** Keys of telemetry that devices of the tenant have. */
export const listDeviceKeys = (signal?: AbortSignal) =>
  api('GET /api/deviceProfile/devices/keys/timeseries', { signal })
