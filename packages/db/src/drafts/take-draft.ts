import { AppError } from '@thingwire/contracts'
import type { PrismaTransaction } from '../connection/prisma.ts'
import type { DraftTables } from './tables.ts'

/**
 * Ends the draft that is published, if it is still this revision and stands on the newest published version; otherwise
 * VERSION_CONFLICT. Called in the transaction that publishes, with the owner's row locked.
 */
export const takeDraft = async (
  tx: PrismaTransaction,
  { drafts, versions, id }: DraftTables,
  { ownerId, revision }: { ownerId: string; revision: number },
): Promise<void> => {
  // Not through the client: it looks into the document as jsonb, which some texts cannot become.
  const ended = await tx.$executeRawUnsafe(
    `UPDATE ${drafts} SET document = NULL
     WHERE ${id} = $1::uuid AND revision = $2::int AND document IS NOT NULL
       AND base_version >= coalesce((SELECT max(version) FROM ${versions} WHERE ${id} = $1::uuid), 0)`,
    ownerId,
    revision,
  )
  if (ended === 0) throw new AppError('VERSION_CONFLICT')
}
