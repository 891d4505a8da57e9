/** What a drag out of the palette carries: the class name of a node type. */
export const dragType = 'application/x-thingwire-node'
