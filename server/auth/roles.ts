/** Who may do what. `branch` is known by name, but needs users with a unit of their own. */
export const roles = ['admin', 'leader', 'branch', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** Roles that can be given today: what a branch may see of the others is not settled without users. */
export const grantable = ['admin', 'leader', 'auditor'] as const satisfies readonly Role[];
export type Granted = (typeof grantable)[number];

export const isGrantable = (role: string): role is Granted => (grantable as readonly string[]).includes(role);

/**
 * `read`: figures and records · `keep`: views of one's own · `note`: words on a chart's point · `seal`: make
 * a snapshot, which changes no figure · `write`: units, imports. `open` needs no sign-in.
 */
export type Access = 'open' | 'read' | 'keep' | 'note' | 'seal' | 'write';

const allowed: Record<Exclude<Access, 'open'>, readonly Granted[]> = {
  read: ['admin', 'leader', 'auditor'],
  keep: ['admin', 'leader', 'auditor'],
  note: ['admin', 'leader'],
  seal: ['admin', 'leader'],
  write: ['admin'],
};

export const can = (role: Granted, access: Exclude<Access, 'open'>): boolean =>
  allowed[access].includes(role);
