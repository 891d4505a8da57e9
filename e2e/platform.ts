import { z } from 'zod'

const idSchema = z.object({ id: z.object({ id: z.guid() }) })
const seriesSchema = z.record(z.string(), z.array(z.object({ ts: z.number(), value: z.unknown() })))
const pageSchema = z.object({ data: z.array(idSchema.extend({ name: z.string() })), totalElements: z.number() })

const alarmPageSchema = z.object({ data: z.array(idSchema.extend({ type: z.string(), status: z.string() })) })

const looseSchema = z.record(z.string(), z.unknown())

/** Points of one request for history. */
const pageSize = 10_000

export type Account = { username: string; password: string }
export const accounts = {
  tenant: { username: 'tenant@thingwire.local', password: 'tenant' },
  customer: { username: 'customer@thingwire.local', password: 'customer' },
  sysadmin: { username: 'sysadmin@thingwire.local', password: 'sysadmin' },
} as const satisfies Record<string, Account>

export type TestDevice = { id: string; name: string; token: string }

/** The REST API as a script uses it: what journeys prepare and check without the browser. */
export type Platform = Awaited<ReturnType<typeof signInToPlatform>>

export const signInToPlatform = async (httpUrl: string, account: Account) => {
  const request = async (method: string, path: string, body?: unknown, token?: string): Promise<unknown> => {
    const response = await fetch(new URL(path, httpUrl), {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { 'x-authorization': `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  const { token } = z.object({ token: z.string() }).parse(await request('POST', '/api/auth/login', account))
  const get = (path: string) => request('GET', path, undefined, token)
  const userSchema = z.object({ customerId: z.object({ id: z.string() }) })

  return {
    createDevice: async (
      name: string,
      additionalInfo: Record<string, unknown> = {},
      type = 'default',
    ): Promise<TestDevice> => {
      const body = { name, type, additionalInfo }
      const device = idSchema.parse(await request('POST', '/api/device', body, token))
      const credentials = await get(`/api/device/${device.id.id}/credentials`)
      const { credentialsId } = z.object({ credentialsId: z.string() }).parse(credentials)
      return { id: device.id.id, name, token: credentialsId }
    },
    deleteDevice: (id: string) => request('DELETE', `/api/device/${id}`, undefined, token),
    findDevices: async (textSearch: string) =>
      pageSchema.parse(
        await get(`/api/tenant/devices?pageSize=100&page=0&textSearch=${encodeURIComponent(textSearch)}`),
      ),
    /** Every stored point of one key, oldest first. */
    history: async (deviceId: string, key: string): Promise<{ ts: number; value: unknown }[]> => {
      const points: { ts: number; value: unknown }[] = []
      const endTs = Date.now() + 3_600_000
      for (let startTs = 0; ; startTs = (points.at(-1)?.ts ?? 0) + 1) {
        const query = `keys=${key}&startTs=${startTs}&endTs=${endTs}&limit=${pageSize}&orderBy=ASC&useStrictDataTypes=true`
        const answer = await get(`/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries?${query}`)
        const page = seriesSchema.parse(answer)[key] ?? []
        points.push(...page)
        if (page.length < pageSize) return points
      }
    },
    /** Keys of the attributes that a device has reported. */
    clientAttributes: async (deviceId: string): Promise<string[]> =>
      z.array(z.string()).parse(await get(`/api/plugins/telemetry/DEVICE/${deviceId}/keys/attributes/CLIENT_SCOPE`)),
    /** Newest value of a client attribute; undefined when there is none. */
    clientAttribute: async (deviceId: string, key: string): Promise<unknown> => {
      const path = `/api/plugins/telemetry/DEVICE/${deviceId}/values/attributes/CLIENT_SCOPE?keys=${key}`
      return z.array(z.object({ value: z.unknown() })).parse(await get(path))[0]?.value
    },
    /** Newest value of a server attribute; undefined when there is none. */
    serverAttribute: async (deviceId: string, key: string): Promise<unknown> => {
      const path = `/api/plugins/telemetry/DEVICE/${deviceId}/values/attributes/SERVER_SCOPE?keys=${key}`
      return z.array(z.object({ value: z.unknown() })).parse(await get(path))[0]?.value
    },
    deviceOf: async (deviceId: string) => looseSchema.parse(await get(`/api/device/${deviceId}`)),
    /** Saves a device as somebody else would. */
    changeDevice: async (deviceId: string, change: (stored: Record<string, unknown>) => Record<string, unknown>) =>
      request('POST', '/api/device', change(looseSchema.parse(await get(`/api/device/${deviceId}`))), token),
    /** `profileData` as the API has it; what is absent takes its defaults. */
    createDeviceProfile: async (
      name: string,
      profileData: Record<string, unknown>,
      defaultRuleChainId: string | null = null,
    ): Promise<string> => {
      const chain = defaultRuleChainId && { entityType: 'RULE_CHAIN', id: defaultRuleChainId }
      const body = { name, profileData, defaultRuleChainId: chain }
      return idSchema.parse(await request('POST', '/api/deviceProfile', body, token)).id.id
    },
    importRuleChain: async (file: unknown): Promise<string> => {
      const answer = await request('POST', '/api/ruleChain/import', file, token)
      return z.object({ ruleChain: idSchema }).parse(answer).ruleChain.id.id
    },
    /** What nodes a chain of a kind may have. */
    nodeTypes: async (kind: 'CORE' | 'EDGE') => {
      const path = `/api/components?componentTypes=FILTER,ENRICHMENT,TRANSFORMATION,ACTION,EXTERNAL,FLOW&ruleChainType=${kind}`
      const nodeDefinition = z.object({ defaultConfiguration: z.unknown() })
      const types = z.array(
        z.object({
          ...{ name: z.string(), clazz: z.string() },
          configurationDescriptor: z.object({ nodeDefinition }),
        }),
      )
      return types.parse(await get(path)).map(({ name, clazz, configurationDescriptor }) => ({
        ...{ name, className: clazz },
        defaults: configurationDescriptor.nodeDefinition.defaultConfiguration,
      }))
    },
    /** A chain as the file that the console hands out. */
    exportRuleChain: (id: string) => get(`/api/ruleChain/${id}/export`),
    /** Names of the nodes that are edited but not published; null: nothing is. */
    draftNodes: async (id: string): Promise<string[] | null> => {
      const nodes = z.array(z.object({ name: z.string() }))
      const draft = z.object({ document: z.object({ metadata: z.object({ nodes }) }) }).nullable()
      const answer = z.object({ draft }).parse(await get(`/api/ruleChain/${id}/draft`))
      return answer.draft?.document.metadata.nodes.map(({ name }) => name) ?? null
    },
    /** What came of the tests that a chain carries. */
    runChainTests: async (id: string) =>
      z
        .array(z.object({ name: z.string(), passed: z.boolean(), problems: z.array(z.string()) }))
        .parse(await request('POST', `/api/ruleChain/${id}/runTests`, {}, token)),
    /** An asset that holds the device by a relation of the type `Contains`. */
    createAssetAbove: async (name: string, deviceId: string): Promise<string> => {
      const { id } = idSchema.parse(await request('POST', '/api/asset', { name, type: 'default' }, token))
      const [from, to] = [
        { entityType: 'ASSET', id: id.id },
        { entityType: 'DEVICE', id: deviceId },
      ]
      await request('POST', '/api/relation', { from, to, type: 'Contains', typeGroup: 'COMMON' }, token)
      return id.id
    },
    /** Alarms that an asset shows. */
    alarmsOfAsset: async (assetId: string) =>
      alarmPageSchema.parse(await get(`/api/v2/alarm/ASSET/${assetId}?pageSize=100&page=0`)).data,
    /** Alarm rules that stand at a device. */
    alarmRulesOf: async (deviceId: string) =>
      z
        .object({ data: z.array(idSchema.extend({ name: z.string(), configuration: looseSchema })) })
        .parse(await get(`/api/alarm/rules/DEVICE/${deviceId}?pageSize=100&page=0`)).data,
    saveAlarmRule: (rule: Record<string, unknown>) => request('POST', '/api/alarm/rule', rule, token),
    /** Saves an alarm rule as somebody else would. */
    changeAlarmRule: async (id: string, change: Record<string, unknown>) => {
      const stored = looseSchema.parse(await get(`/api/alarm/rule/${id}`))
      await request('POST', '/api/alarm/rule', { ...stored, ...change }, token)
    },
    deviceProfileOf: async (profileId: string) => looseSchema.parse(await get(`/api/deviceProfile/${profileId}`)),
    /** Raises an alarm, or updates the active one of that type. */
    raiseAlarm: async (device: { id: string }, type: string, more: Record<string, unknown> = {}) => {
      const originator = { entityType: 'DEVICE', id: device.id }
      await request('POST', '/api/alarm', { originator, type, severity: 'MAJOR', ...more }, token)
    },
    deleteAlarm: async (deviceId: string, type: string) => {
      const query = `pageSize=1&page=0&typeList=${encodeURIComponent(type)}`
      const { data } = alarmPageSchema.parse(await get(`/api/v2/alarm/DEVICE/${deviceId}?${query}`))
      for (const { id } of data) await request('DELETE', `/api/alarm/${id.id}`, undefined, token)
    },
    /** Alarms of a device, newest first. */
    alarmsOf: async (deviceId: string, textSearch = '') => {
      const query = `pageSize=100&page=0&sortProperty=createdTime&sortOrder=DESC&textSearch=${encodeURIComponent(textSearch)}`
      return alarmPageSchema.parse(await get(`/api/v2/alarm/DEVICE/${deviceId}?${query}`)).data
    },
    /** Devices of the customer whose user is signed in. */
    customerDevices: async () => {
      const { customerId } = userSchema.parse(await get('/api/auth/user'))
      return pageSchema.parse(await get(`/api/customer/${customerId.id}/devices?pageSize=100&page=0`))
    },
    accessToken: async (deviceId: string): Promise<string> =>
      z.object({ credentialsId: z.string() }).parse(await get(`/api/device/${deviceId}/credentials`)).credentialsId,
    createDashboard: async (title: string, configuration: unknown): Promise<string> =>
      idSchema.parse(await request('POST', '/api/dashboard', { title, configuration }, token)).id.id,
    findDashboards: async (textSearch: string) =>
      pageSchema.parse(
        await get(`/api/tenant/dashboards?pageSize=100&page=0&textSearch=${encodeURIComponent(textSearch)}`),
      ),
    /** Deletes what stands at a path of the REST API. */
    remove: (path: string) => request('DELETE', path, undefined, token),
    deleteRuleChain: (id: string) => request('DELETE', `/api/ruleChain/${id}`, undefined, token),
    findRuleChains: async (textSearch: string) =>
      pageSchema.parse(await get(`/api/ruleChains?pageSize=100&page=0&textSearch=${encodeURIComponent(textSearch)}`)),
  }
}
