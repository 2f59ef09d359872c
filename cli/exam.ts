export const exam = { name: 'exam' as const, options: {}, run: async () => 0 }
