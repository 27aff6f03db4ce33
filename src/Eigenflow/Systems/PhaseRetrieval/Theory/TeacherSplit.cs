namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Splits the start on modes of one eigenvalue into its part along the teacher, c w*, and the rest. First every mode is added, then the rest is read mode by mode.
/// Late in the relaxation the rest outlives the part along the teacher, so that rounding may not pass for it: c is summed with compensation, and a remainder
/// within the rounding of its own two terms is zero.
/// </summary>
internal struct TeacherSplit
{
    // Start and teacher carry the rounding of their normalisation, half a unit in the last place each, and of a product.
    private const double Rounding = 4 * 2.2204460492503131e-16;

    private double cross;
    private double crossError;
    private double square;
    private double squareError;

    /// <summary>c.</summary>
    public readonly double Part => square > 0 ? (cross + crossError) / (square + squareError) : 0;

    /// <summary>‖w*‖² of the modes.</summary>
    public readonly double TeacherSquare => square + squareError;

    /// <summary>Adds a mode.</summary>
    public void Add(double weight, double start, double teacher)
    {
        Accumulate(ref cross, ref crossError, weight * start, teacher);
        Accumulate(ref square, ref squareError, weight * teacher, teacher);
    }

    /// <summary>w(0) − c w* on a mode.</summary>
    public static double Rest(double part, double start, double teacher)
    {
        var rest = Math.FusedMultiplyAdd(-part, teacher, start);
        return Math.Abs(rest) <= Rounding * Math.Abs(start) ? 0 : rest;
    }

    // sum + error += a b, with the rounding errors of product and sum (Ogita, Rump and Oishi, 2005).
    private static void Accumulate(ref double sum, ref double error, double a, double b)
    {
        var product = a * b;
        var total = sum + product;
        var part = total - sum;
        error += Math.FusedMultiplyAdd(a, b, -product) + ((sum - (total - part)) + (product - part));
        sum = total;
    }
}
