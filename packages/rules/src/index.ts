export * from './node.ts'
export * from './ports.ts'
