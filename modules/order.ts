/** The rooms from the ground up; a room uses only rooms before it. */
export const rooms = ['access', 'units', 'imports', 'employers', 'members', 'founding', 'targets', 'progress'] as const
