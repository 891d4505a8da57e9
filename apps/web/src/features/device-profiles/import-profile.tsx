'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { SaveDeviceProfile } from '@thingwire/contracts'
import { toast } from '@thingwire/ui'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { saveDeviceProfile } from '@/api/device-profiles.ts'
import { getDashboard } from '@/api/entities.ts'
import { getRuleChain } from '@/api/rule-chains.ts'
import { ApiError } from '@/api/http.ts'
import { ImportButton } from '@/components/json-file.tsx'
import { fromFile } from './profile-file.ts'

const isHere = async (look: Promise<unknown>): Promise<boolean> => {
  try {
    await look
    return true
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500) return false
    throw error
  }
}

/** A rule chain or dashboard of another installation cannot be kept; the rest of the profile need not fail for it. */
const withoutStrangers = async (profile: SaveDeviceProfile) => {
  const { defaultRuleChainId: chain, defaultDashboardId: dashboard } = profile
  const [hasChain, hasDashboard] = await Promise.all([
    chain ? isHere(getRuleChain(chain.id)) : true,
    dashboard ? isHere(getDashboard(dashboard.id)) : true,
  ])
  return {
    isWhole: hasChain && hasDashboard,
    profile: {
      ...profile,
      ...(hasChain ? {} : { defaultRuleChainId: null }),
      ...(hasDashboard ? {} : { defaultDashboardId: null }),
    },
  }
}

/** Makes a profile of an exported file and goes on to its page. */
export const ImportProfile = () => {
  const t = useTranslations('profiles')
  const router = useRouter()
  const client = useQueryClient()
  const take = async (content: unknown) => {
    const { isWhole, profile } = await withoutStrangers(fromFile(content))
    const saved = await saveDeviceProfile(profile)
    toast.done(t('imported', { name: saved.name }), isWhole ? undefined : t('importedWithout'))
    await client.invalidateQueries({ queryKey: ['device-profiles'] })
    router.push(`/device-profiles/${saved.id.id}`)
  }
  return <ImportButton label={t('importFile')} failed={t('importFailed')} take={take} />
}
