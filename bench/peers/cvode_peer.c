/* SUNDIALS CVODE on the gradient flow: BDF, Newton with GMRES, analytic Jacobian-times-vector, and a preconditioner that solves
   (I - gamma J) x = b exactly in O(d) by the Woodbury identity (J is diagonal plus rank two). Line protocol as in protocol.py. */
#include <cvode/cvode.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sundials/sundials_config.h>
#include <sunlinsol/sunlinsol_spgmr.h>
#include <time.h>

typedef struct {
  long size;
  double overlap, s, u;
  double *eigenvalues, *teacher, *weighted;
  double *inverse, *left1, *left2, *right1; /* of the preconditioner; its second right vector is stored in product */
  double *product;
  double inverse00, inverse01, inverse10, inverse11;
} problem;

static double dot(long n, const double *a, const double *b) {
  double sum = 0;
  for (long i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

static int derivative(realtype t, N_Vector y, N_Vector ydot, void *data) {
  problem *p = data;
  const double *w = N_VGetArrayPointer(y), *l = p->eigenvalues, *lw = p->weighted;
  double *f = N_VGetArrayPointer(ydot), s = 0, u = 0;
  (void)t;
  for (long i = 0; i < p->size; i++) {
    double product = l[i] * w[i];
    s += product * w[i];
    u += product * p->teacher[i];
  }
  double g = 4 * (p->overlap - 3 * s), h = 8 * u;
  for (long i = 0; i < p->size; i++) f[i] = g * l[i] * w[i] + h * lw[i];
  return 0;
}

static int times_setup(realtype t, N_Vector y, N_Vector fy, void *data) {
  problem *p = data;
  const double *w = N_VGetArrayPointer(y);
  (void)t; (void)fy;
  for (long i = 0; i < p->size; i++) p->product[i] = p->eigenvalues[i] * w[i];
  p->s = dot(p->size, p->product, w);
  p->u = dot(p->size, p->product, p->teacher);
  return 0;
}

static int times(N_Vector v, N_Vector jv, realtype t, N_Vector y, N_Vector fy, void *data, N_Vector temporary) {
  problem *p = data;
  const double *x = N_VGetArrayPointer(v);
  double *out = N_VGetArrayPointer(jv);
  (void)t; (void)y; (void)fy; (void)temporary;
  double a = -24 * dot(p->size, p->product, x), b = 8 * dot(p->size, p->weighted, x), g = 4 * (p->overlap - 3 * p->s);
  for (long i = 0; i < p->size; i++) out[i] = g * p->eigenvalues[i] * x[i] + a * p->product[i] + b * p->weighted[i];
  return 0;
}

/* I - gamma J = E^-1 - U V^T with E^-1 = 1 - gamma g lambda, U = gamma (-24 Qw, 8 Qw*), V = (Qw, Qw*). */
static int precondition_setup(realtype t, N_Vector y, N_Vector fy, booleantype ok, booleantype *current, realtype gamma, void *data) {
  problem *p = data;
  (void)ok;
  times_setup(t, y, fy, data);
  *current = SUNTRUE;
  double g = 4 * (p->overlap - 3 * p->s);
  for (long i = 0; i < p->size; i++) {
    p->inverse[i] = 1 / (1 - gamma * g * p->eigenvalues[i]);
    p->right1[i] = p->product[i];
    p->left1[i] = -24 * gamma * p->inverse[i] * p->product[i];
    p->left2[i] = 8 * gamma * p->inverse[i] * p->weighted[i];
  }
  double c00 = 1 - dot(p->size, p->right1, p->left1), c01 = -dot(p->size, p->right1, p->left2);
  double c10 = -dot(p->size, p->weighted, p->left1), c11 = 1 - dot(p->size, p->weighted, p->left2);
  double determinant = c00 * c11 - c01 * c10;
  p->inverse00 = c11 / determinant; p->inverse01 = -c01 / determinant;
  p->inverse10 = -c10 / determinant; p->inverse11 = c00 / determinant;
  return 0;
}

static int precondition(realtype t, N_Vector y, N_Vector fy, N_Vector r, N_Vector z, realtype gamma, realtype delta, int side, void *data) {
  problem *p = data;
  const double *b = N_VGetArrayPointer(r);
  double *x = N_VGetArrayPointer(z), first = 0, second = 0;
  (void)t; (void)y; (void)fy; (void)gamma; (void)delta; (void)side;
  for (long i = 0; i < p->size; i++) {
    x[i] = p->inverse[i] * b[i];
    first += p->right1[i] * x[i];
    second += p->weighted[i] * x[i];
  }
  double a = p->inverse00 * first + p->inverse01 * second, c = p->inverse10 * first + p->inverse11 * second;
  for (long i = 0; i < p->size; i++) x[i] += a * p->left1[i] + c * p->left2[i];
  return 0;
}

static const char *value(const char *line, const char *key) {
  static char buffer[65536];
  char pattern[64];
  snprintf(pattern, sizeof pattern, " %s=", key);
  const char *found = strstr(line, pattern);
  if (!found) return "";
  sscanf(found + strlen(pattern), "%65535s", buffer);
  return buffer;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void flow(const char *line) {
  problem p = {0};
  long n = p.size = (long)atof(value(line, "dimension"));
  double exponent = atof(value(line, "exponent")), tolerance = atof(value(line, "rtol")), total = 0, length = 0;
  double *storage = calloc(9 * n, sizeof(double));
  p.eigenvalues = storage; p.teacher = storage + n; p.weighted = storage + 2 * n; p.inverse = storage + 3 * n; p.left1 = storage + 4 * n;
  p.left2 = storage + 5 * n; p.right1 = storage + 6 * n; p.product = storage + 7 * n;
  double *start = storage + 8 * n;
  for (long i = n - 1; i >= 0; i--) total += p.eigenvalues[i] = pow(i + 1, -exponent);
  for (long i = 0; i < n; i++) {
    p.eigenvalues[i] /= total;
    p.teacher[i] = 1;
    p.weighted[i] = p.eigenvalues[i];
    start[i] = i % 2 == 0 ? 1 : 0.5;
    length += start[i] * start[i];
  }
  for (long i = 0; i < n; i++) start[i] /= sqrt(length);
  p.overlap = dot(n, p.weighted, p.teacher);
  char list[65536];
  snprintf(list, sizeof list, "%s", value(line, "times"));
  int count = 1;
  for (char *c = list; *c; c++) count += *c == ',';
  double *rows = calloc(3 * count, sizeof(double));

  double begin = now();
  SUNContext context;
  SUNContext_Create(NULL, &context);
  N_Vector y = N_VNew_Serial(n, context);
  memcpy(N_VGetArrayPointer(y), start, n * sizeof(double));
  void *solver = CVodeCreate(CV_BDF, context);
  CVodeInit(solver, derivative, 0, y);
  CVodeSStolerances(solver, tolerance, tolerance * 1e-2);
  CVodeSetUserData(solver, &p);
  CVodeSetMaxNumSteps(solver, 10000000);
  SUNLinearSolver linear = SUNLinSol_SPGMR(y, SUN_PREC_LEFT, 5, context);
  CVodeSetLinearSolver(solver, linear, NULL);
  CVodeSetJacTimes(solver, times_setup, times);
  CVodeSetPreconditioner(solver, precondition_setup, precondition);
  char *text = strtok(list, ",");
  int row = 0, flag = 0;
  for (; text && flag >= 0; text = strtok(NULL, ","), row++) {
    double reached;
    flag = CVode(solver, atof(text), y, &reached, CV_NORMAL);
    const double *w = N_VGetArrayPointer(y);
    double s = 0, u = 0, near = 0, far = 0;
    for (long i = 0; i < n; i++) {
      s += p.eigenvalues[i] * w[i] * w[i];
      u += p.weighted[i] * w[i];
      near += (w[i] - p.teacher[i]) * (w[i] - p.teacher[i]);
      far += (w[i] + p.teacher[i]) * (w[i] + p.teacher[i]);
    }
    rows[3 * row] = s; rows[3 * row + 1] = u; rows[3 * row + 2] = fmin(near, far) / n;
  }
  double seconds = now() - begin;
  long steps = 0;
  CVodeGetNumSteps(solver, &steps);
  if (flag < 0) printf("error=CVode_flag_%d", flag);
  else {
    printf("seconds=%.17g steps=%ld", seconds, steps);
    const char *names[] = {"s", "u", "mse"};
    for (int k = 0; k < 3; k++)
      for (int i = 0; i < row; i++) printf("%s%.17g", i ? "," : k == 0 ? " s=" : k == 1 ? " u=" : " mse=", rows[3 * i + k]);
    (void)names;
  }
  printf("\n");
  CVodeFree(&solver);
  SUNLinSolFree(linear);
  N_VDestroy(y);
  SUNContext_Free(&context);
  free(storage);
  free(rows);
}

int main(void) {
  static char line[131072];
  while (fgets(line, sizeof line, stdin)) {
    if (strncmp(line, "hello", 5) == 0) printf("name=cvode version=%s\n", SUNDIALS_VERSION);
    else if (strncmp(line, "flow", 4) == 0) flow(line);
    else if (line[0] > ' ') printf("error=unknown_work\n");
    fflush(stdout);
  }
  return 0;
}
