/** Words of signing in, and of what a role may do. */
export const access = {
  signIn: 'Đăng nhập',
  signOut: 'Đăng xuất',
  username: 'Tên đăng nhập',
  password: 'Mật khẩu',
  showPassword: 'Hiện hoặc ẩn mật khẩu',
  whatItIs: 'Sổ của tổ chức công đoàn: mỗi con số mở ra danh sách của nó.',
  demoAccounts: 'Tài khoản dùng thử',
  demoHint: 'Đây là dữ liệu dựng để xem thử. Chạm vào một người để điền sẵn.',
  accountOf: (name: string) => `Tài khoản: ${name}`,
  mayNot: (role: string, roles: string) => `Vai trò “${role}” không làm được việc này. Làm được: ${roles}.`,
  creditedTo: 'Cán bộ phụ trách (được ghi công)',
  creditedToMe: (name: string) => `${name} (tôi)`,
} as const
