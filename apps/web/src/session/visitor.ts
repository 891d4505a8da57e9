import { nullUuid } from '@thingwire/contracts'

/** Whoever came by a public link: there is no account to keep anything in, and nowhere else to go. */
export const isVisitor = (user: { id: { id: string } }): boolean => user.id.id === nullUuid
