using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Modes on as few nodes as their dynamics needs, for methods whose work grows with the square of their number (derived; docs/systems/phase-retrieval.md): what modes do in time are sums of λ^p e^(±λτ), and over all decades of λ and τ these
/// functions span few dimensions to rounding, far fewer than panels of one octave carry. Nodes are the modes from which all others are interpolated.
/// </summary>
internal static class FewModes
{
    /// <summary>So many entries are carried as they are.</summary>
    public const int Enough = 128;

    private const double Tolerance = 1e-13;

    // Interpolation errors are parts of the largest value of a function; where weights are largest at its smallest ones, as those of a teacher that grows, they may be large parts of a sum.
    private const double LargestError = 1e-10;
    private const int LargestPower = 2;

    // Rates of decay and growth, per decade of λτ: from where nothing has moved to where the slowest mode is at e^−700 or the run ends, and to where the fastest has grown to e^60, more than squares of all starts do.
    private const int PerDecade = 6;
    private const double Still = 0.01, Longest = 700, Growth = 60;

    // A mode decays by e^(−12 λ ∫s dt), its covariance and what is quadratic in that by up to four times as much; the mean of s may be above that of start and teacher.
    private const double Decay = 200;

    /// <summary>The same modes on few nodes, or as they are where they are few, or where sums over nodes are not those over modes.</summary>
    /// <param name="modes">The modes, or entries that stand for them.</param>
    /// <param name="time">The flow time at which the run ends.</param>
    /// <param name="cancellation">Ends the choice of nodes.</param>
    public static WeightedModes Of(WeightedModes modes, double time, CancellationToken cancellation)
    {
        var size = modes.Size;
        if (size <= Enough)
            return modes;
        var rates = modes.Eigenvalues;
        var functions = Functions(modes, time);
        var nodes = RowInterpolation.Of(size, functions.Length, (i, k) => functions[k].At(rates[i]), Tolerance, cancellation);

        // The part of the start along the whole teacher is set apart, so that a start near the teacher keeps its digits.
        var split = new TeacherSplit();
        var unit = modes.Start.Max(Math.Abs) is > 0 and var largest ? Math.ScaleB(1, Math.ILogB(largest)) : 1;
        for (var i = 0; i < size; i++)
            split.Add(modes.Weights[i], modes.Start[i] / unit, modes.Teacher[i]);
        int[] order = [.. Enumerable.Range(0, nodes.Chosen.Length).OrderByDescending(k => rates[nodes.Chosen[k]])];
        var columns = Enumerable.Range(0, 4).Select(_ => new double[order.Length]).ToArray();
        for (var k = 0; k < order.Length; k++)
        {
            var factors = nodes.Factors[order[k]];
            for (var i = size - 1; i >= 0; i--)
            {
                var (weight, teacher) = (factors[i] * modes.Weights[i], modes.Teacher[i]);
                var rest = TeacherSplit.Rest(split.Part, modes.Start[i] / unit, teacher);
                columns[CompressedModes.Count][k] += factors[i] * modes.Counts[i];
                columns[CompressedModes.StartSquare][k] += weight * rest * rest;
                columns[CompressedModes.Cross][k] += weight * rest * teacher;
                columns[CompressedModes.TeacherSquare][k] += weight * teacher * teacher;
            }
        }

        if (!AreSums(CompressedModes.TeacherSquare, i => modes.Weights[i] * modes.Teacher[i] * modes.Teacher[i]) || !AreSums(CompressedModes.StartSquare, i =>
            {
                var rest = TeacherSplit.Rest(split.Part, modes.Start[i] / unit, modes.Teacher[i]);
                return modes.Weights[i] * rest * rest;
            }))
            return modes;
        var measure = new SpectralMeasure { Nodes = [.. order.Select(k => rates[nodes.Chosen[k]])], Weights = columns, IsExact = false, Dimension = modes.Dimension };
        var few = CompressedModes.FromMeasure(measure, new ModeNormalization(1, unit), modes.Representation == ModeRepresentation.Full ? ModeRepresentation.Compressed : modes.Representation);
        for (var j = 0; j < few.Size; j++)
            few.Start[j] += split.Part * unit * few.Teacher[j];
        return few.Size < size ? few : modes;

        // All terms over modes are positive.
        bool AreSums(int column, Func<int, double> weight)
        {
            double[] weights = [.. Enumerable.Range(0, size).Select(weight)];
            foreach (var function in functions)
            {
                double all = 0, chosen = 0;
                for (var i = size - 1; i >= 0; i--)
                    all += weights[i] * function.At(rates[i]);
                for (var k = 0; k < order.Length; k++)
                    chosen += columns[column][k] * function.At(rates[nodes.Chosen[order[k]]]);
                if (!(Math.Abs(chosen - all) <= LargestError * all))
                    return false;
            }

            return true;
        }
    }

    private static Function[] Functions(WeightedModes modes, double time)
    {
        var decay = Decay * time * Math.Max(modes.TeacherOverlap, modes.Moments(1).Start);
        var (smallest, largest, hasStill) = (modes.SmallestEigenvalue, modes.LargestEigenvalue, Array.Exists(modes.Eigenvalues, value => value == 0));
        var functions = new List<Function>();
        for (var power = 0; power <= LargestPower; power++)
        {
            // Modes that never move are where a decay is largest.
            var least = power == 0 && hasStill ? 0 : smallest;
            functions.Add(new Function(power, 0, least, largest));
            foreach (var end in (double[])[-Math.Min(Longest / smallest, decay), Growth / largest])
            {
                // From the first time at which the fastest mode moves.
                var decades = Math.Max(1, Math.Log10(Math.Abs(end) * largest / Still));
                var count = (int)Math.Ceiling(PerDecade * decades);
                for (var k = 0; k <= count; k++)
                    functions.Add(new Function(power, end * Math.Pow(10, -decades * k / count), least, largest));
            }
        }

        return [.. functions];
    }

    // λ^p e^(λx) over its largest value on the spectrum.
    private readonly struct Function(int power, double rate, double smallest, double largest)
    {
        private readonly double height = Logarithm(power, rate, Math.Clamp(rate < 0 ? -power / rate : largest, smallest, largest));

        public double At(double eigenvalue) => eigenvalue > 0 ? Math.Exp(Logarithm(power, rate, eigenvalue) - height) : power == 0 ? Math.Exp(-height) : 0;

        private static double Logarithm(int power, double rate, double eigenvalue) => (power == 0 ? 0 : power * Math.Log(eigenvalue)) + (rate * eigenvalue);
    }
}
