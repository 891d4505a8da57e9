'use client'
import { useQuery } from '@tanstack/react-query'
import type { KeySummaries } from '@thingwire/contracts'
import { internalKeys } from '@thingwire/dashboards/edit'
import { Button, cn, IconButton, Select } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { listDeviceProfiles } from '@/api/entities.ts'
import { DevicePicker } from '@/features/rule-editor/testing/device-picker.tsx'
import { useConfiguration } from '../store/use-editor.ts'
import { aliasesIn, dataOfEntity, dataOfProfile, type LibraryData } from './library-data.ts'
import type { useLibraryChoice } from './use-library-choice.ts'

type Props = {
  data: LibraryData | null
  choose: (data: LibraryData | null) => void
  choice: ReturnType<typeof useLibraryChoice>
  keys: ReadonlySet<string>
  setKeys: (keys: ReadonlySet<string>) => void
}

const newId = () => crypto.randomUUID()

/** Whose data the widgets show, and which keys of them. */
export const DataChooser = ({ data, choose, choice, keys, setKeys }: Props) => {
  const t = useTranslations('dashboardLibrary')
  const configuration = useConfiguration()
  return (
    <section aria-label={t('data')} className="grid shrink-0 gap-2 border-b bg-sunken px-4 py-3">
      {data ? (
        <div className="flex items-center gap-2 text-sm">
          <span className="min-w-0 truncate">
            {t('dataOf')} <strong className="font-semibold">{data.name}</strong>
          </span>
          <IconButton size="icon-sm" label={t('noData')} onClick={() => choose(null)}>
            <X />
          </IconButton>
        </div>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-sm text-ink-2 max-sm:w-full">{t('show')}</span>
          <div className="w-52 max-sm:w-full">
            <DevicePicker
              label={t('device')}
              value={null}
              onChange={(device) => device && choose(dataOfEntity(configuration, device, newId))}
            />
          </div>
          <Others choose={choose} />
        </div>
      )}
      {choice.chosen ? <Keys summary={choice.chosen.all} keys={keys} setKeys={setKeys} /> : null}
    </section>
  )
}

/** Aliases of the dashboard, and all devices of a profile. */
const Others = ({ choose }: Pick<Props, 'choose'>) => {
  const t = useTranslations('dashboardLibrary')
  const configuration = useConfiguration()
  const aliases = aliasesIn(configuration)
  const profiles = useQuery({
    queryKey: ['library-profiles'],
    queryFn: ({ signal }) => listDeviceProfiles(signal),
    staleTime: 60_000,
    retry: false,
  })
  const take = (value: string) => {
    const [kind, ...rest] = value.split('/')
    const id = rest.join('/')
    const alias = aliases.find(({ aliasId }) => aliasId === id)
    if (kind === 'alias' && alias) choose(alias)
    const profile = profiles.data?.data.find((one) => one.id.id === id)
    if (kind === 'profile' && profile) choose(dataOfProfile(configuration, profile.name, newId))
  }
  return (
    <Select aria-label={t('aliasOrProfile')} value="" onChange={({ target }) => take(target.value)} className="w-56">
      <option value="" disabled>
        {t('orAlias')}
      </option>
      {aliases.length > 0 ? (
        <optgroup label={t('aliases')}>
          {aliases.map(({ aliasId, name }) => (
            <option key={aliasId} value={`alias/${aliasId}`}>
              {name}
            </option>
          ))}
        </optgroup>
      ) : null}
      <optgroup label={t('profiles')}>
        {profiles.data?.data.map(({ id, name }) => (
          <option key={id.id} value={`profile/${id.id}`}>
            {name}
          </option>
        ))}
      </optgroup>
    </Select>
  )
}

const Keys = ({ summary, keys, setKeys }: Pick<Props, 'keys' | 'setKeys'> & { summary: KeySummaries }) => {
  const t = useTranslations('dashboardLibrary')
  const names = [...new Set([...summary.timeseries, ...summary.attributes].map(({ key }) => key))].filter(
    (key) => !internalKeys.has(key),
  )
  const toggle = (key: string) => {
    const next = new Set(keys)
    if (!next.delete(key)) next.add(key)
    setKeys(next)
  }
  if (names.length === 0) return <p className="text-xs text-ink-3">{t('noKeys')}</p>
  return (
    <fieldset className="flex max-h-20 flex-wrap gap-1 overflow-y-auto">
      <legend className="sr-only">{t('keys')}</legend>
      {names.map((key) => (
        <Button
          key={key}
          size="sm"
          variant={keys.has(key) ? 'primary' : 'secondary'}
          aria-pressed={keys.has(key)}
          className={cn('font-mono text-xs', !keys.has(key) && 'bg-surface')}
          onClick={() => toggle(key)}
        >
          {key}
        </Button>
      ))}
    </fieldset>
  )
}
