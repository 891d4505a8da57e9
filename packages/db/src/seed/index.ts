export { type DemoSeed, demoAccounts, demoDevices, seedDemo } from './demo.ts'
export { rootRuleChainFile } from '../tenants/root-rule-chain.ts'
export { seedSystem } from './system.ts'
export { createCustomer, createTenant, createTenantDefaults, createUser, type NewUser } from './tenants.ts'
