'use client'
import { useQuery } from '@tanstack/react-query'
import type { EntityId } from '@thingwire/contracts'
import { Skeleton } from '@thingwire/ui'
import Link from 'next/link'
import { findEntity } from '@/api/choices.ts'
import { useOwnerKind } from './use-field-words.ts'

/** The page of whom a rule stands at, where there is one. */
const pathOfOwner = ({ entityType, id }: EntityId): string | null => {
  if (entityType === 'DEVICE') return `/devices/${id}`
  return entityType === 'DEVICE_PROFILE' ? `/device-profiles/${id}` : null
}

/** Whom a rule stands at, by name, and the way there. */
export const OwnerLink = ({ owner, name }: { owner: EntityId; name: string }) => {
  const href = pathOfOwner(owner)
  const shown = name || owner.id
  return href ? (
    <Link href={href} className="text-ink-2 hover:text-accent-text">
      {shown}
    </Link>
  ) : (
    <span className="text-ink-2">{shown}</span>
  )
}

/** The same, of whom only the id is known; `isPlain`: without the way there, within what can be pressed itself. */
export const OwnerName = ({ owner, isPlain = false }: { owner: EntityId; isPlain?: boolean }) => {
  const kind = useOwnerKind()
  const found = useQuery({
    queryKey: ['entity-name', owner.entityType, owner.id],
    queryFn: ({ signal }) => findEntity(owner.entityType, owner.id, signal),
  })
  const name = found.data?.name ?? ''
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <span className="text-ink-3">{kind(owner.entityType)}</span>
      {found.isPending ? (
        <Skeleton className="h-3.5 w-32" />
      ) : isPlain ? (
        <span className="text-ink-2">{name || owner.id}</span>
      ) : (
        <OwnerLink owner={owner} name={name} />
      )}
    </span>
  )
}
