'use client'
import { useQuery } from '@tanstack/react-query'
import { Select } from '@thingwire/ui'
import type { ComponentProps } from 'react'
import { listDeviceProfiles } from '@/api/entities.ts'

/** Device profiles of the tenant, by name. */
export const useDeviceProfiles = () => {
  const query = useQuery({ queryKey: ['device-profiles'], queryFn: ({ signal }) => listDeviceProfiles(signal) })
  const all = query.data?.data ?? []
  return { all, nameOf: (id: string | undefined) => all.find((one) => one.id.id === id)?.name ?? '' }
}

/** `none` are the words of the empty choice; without them a profile must be chosen, and `stored` is one until they are known. */
export const DeviceProfileSelect = ({
  none,
  stored,
  ...props
}: ComponentProps<'select'> & { none?: string; stored?: { id: string; name: string } }) => {
  const { all } = useDeviceProfiles()
  const isMissing = stored !== undefined && !all.some((profile) => profile.id.id === stored.id)
  return (
    <Select {...props}>
      {none === undefined ? null : <option value="">{none}</option>}
      {isMissing ? <option value={stored.id}>{stored.name}</option> : null}
      {all.map((profile) => (
        <option key={profile.id.id} value={profile.id.id}>
          {profile.name}
        </option>
      ))}
    </Select>
  )
}
