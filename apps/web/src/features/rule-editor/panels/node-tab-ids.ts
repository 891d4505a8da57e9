/** Parts of the node panel, in their order; the open one stands in the URL. */
export const nodeTabIds = ['settings', 'messages', 'test', 'help'] as const
export type NodeTabId = (typeof nodeTabIds)[number]
