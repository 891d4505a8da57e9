import { readOnlyUserInfo } from '@thingwire/contracts'
import { api } from '@/api/http.ts'

export type HomeKind = 'tenant' | 'customer' | 'user'
type Info = Readonly<Record<string, unknown>>
/** Whoever can have a home dashboard; where it is kept is in `info`, as members of ThingsBoard's names. */
export type HomeHolder = { name: string; info: Info }

export const readHolder = async (kind: HomeKind, id: string, signal?: AbortSignal): Promise<HomeHolder> => {
  switch (kind) {
    case 'tenant': {
      const { dashboardId, hideDashboardToolbar } = await api('GET /api/tenant/dashboard/home/info', { signal })
      return {
        name: '',
        info: { homeDashboardId: dashboardId?.id ?? null, homeDashboardHideToolbar: hideDashboardToolbar },
      }
    }
    case 'customer': {
      const { title, additionalInfo } = await api('GET /api/customer/{customerId}', {
        path: { customerId: id },
        signal,
      })
      return { name: title, info: additionalInfo ?? {} }
    }
    case 'user': {
      const { email, firstName, lastName, additionalInfo } = await api('GET /api/user/{userId}', {
        path: { userId: id },
        signal,
      })
      return { name: [firstName, lastName].filter(Boolean).join(' ') || email, info: additionalInfo ?? {} }
    }
  }
}

const told = new Set<string>(readOnlyUserInfo)

/** Changes `info` as it stands now; everything else stays. Refused with 409 where somebody saves in between. */
export const changeHolder = async (kind: HomeKind, id: string, change: (info: Info) => Info): Promise<void> => {
  switch (kind) {
    case 'tenant': {
      const { homeDashboardId, homeDashboardHideToolbar } = change((await readHolder(kind, id)).info)
      await api('POST /api/tenant/dashboard/home/info', {
        body: {
          dashboardId: typeof homeDashboardId === 'string' ? { entityType: 'DASHBOARD', id: homeDashboardId } : null,
          hideDashboardToolbar: homeDashboardHideToolbar === true,
        },
      })
      return
    }
    case 'customer': {
      const customer = await api('GET /api/customer/{customerId}', { path: { customerId: id } })
      const additionalInfo = { ...change(customer.additionalInfo ?? {}) }
      await api('POST /api/customer', { body: { ...customer, additionalInfo } })
      return
    }
    case 'user': {
      const user = await api('GET /api/user/{userId}', { path: { userId: id } })
      const changed = Object.entries(change(user.additionalInfo ?? {})).filter(([name]) => !told.has(name))
      await api('POST /api/user', {
        query: { sendActivationMail: false },
        body: { ...user, additionalInfo: Object.fromEntries(changed) },
      })
      return
    }
  }
}
