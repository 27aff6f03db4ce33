namespace Eigenflow.Numerics.Ode;

/// <summary>
/// Coefficients of the explicit Runge–Kutta method of order 5 with an embedded method of order 4 whose last stage is the first of the next step. J. R. Dormand, P. J. Prince, J. Comp. Appl. Math. 6:19 (1980);
/// dense output of order 4 by E. Hairer, S. P. Nørsett, G. Wanner, Solving Ordinary Differential Equations I, section II.6.
/// </summary>
internal static class DormandPrince
{
    public const int Stages = 7;

    /// <summary>a_ij; the last row is the method.</summary>
    public static readonly double[][] A =
    [
        [],
        [1.0 / 5],
        [3.0 / 40, 9.0 / 40],
        [44.0 / 45, -56.0 / 15, 32.0 / 9],
        [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    ];

    /// <summary>c_i.</summary>
    public static readonly double[] Nodes = [0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1];

    /// <summary>The error is h Σ e_j k_j.</summary>
    public static readonly double[] Error = [71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40];

    /// <summary>The highest term of the dense output is h Σ d_j k_j.</summary>
    public static readonly double[] Dense =
    [
        -12715105075.0 / 11282082432, 0, 87487479700.0 / 32700410799, -10690763975.0 / 1880347072, 701980252875.0 / 199316789632, -1453857185.0 / 822651844, 69997945.0 / 29380423,
    ];
}
