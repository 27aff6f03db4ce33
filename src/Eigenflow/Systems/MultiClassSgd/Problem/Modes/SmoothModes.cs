using Eigenflow.Numerics.Dense;
using MathNet.Numerics.Integration;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// Modes whose eigenvalues and means are functions of U = ρ/d, on nodes of quadrature that stand for very many or infinitely many of them. All that the theory carries per mode is then a smooth function of ln U.
/// </summary>
internal static class SmoothModes
{
    /// <summary>Where the continuum begins by default: what lies below has eigenvalue 0.</summary>
    public const double SmallestPart = 1e-12;

    private const int NodesPerPanel = 16;
    private const int SinglyCounted = 32;

    /// <summary>Whether a mixture of finite dimension can be compressed.</summary>
    public static bool IsSmooth(MultiClassProblem problem) => problem.Classes.All(one => one.Spectrum.IsSmooth && one.Mean.IsSmooth && one.Turn.Stride == 1);

    /// <summary>
    /// A finite dimension: the first 32 modes one by one, and the others in panels of at most an octave of ρ and of two of any eigenvalue, each on the 16 Gaussian nodes of the sum over its mode numbers,
    /// which are exact for polynomials of degree 31 in ρ. Work and nodes O(log d).
    /// </summary>
    public static MixtureModes Compressed(MultiClassProblem problem)
    {
        var size = (int)problem.Dimension;
        var ratio = PanelRatio(problem);
        var nodes = new List<(double Part, double Mass)>();
        var next = 1;
        while (next <= size)
        {
            // A panel ends at the middle, where the clean half does.
            var end = Math.Min(size, Math.Max(next, (int)Math.Floor(next * ratio)));
            if (next <= size / 2)
                end = Math.Min(end, size / 2);
            if (next <= SinglyCounted || end - next < 2 * NodesPerPanel)
                end = next;
            if (end == next)
                nodes.Add(((double)next / size, 1.0 / size));
            else
                nodes.AddRange(Sum(next, end).Select(node => (node.Number / size, node.Weight / size)));
            next = end + 1;
        }

        return Assemble(problem, "compressed", size, nodes, []);
    }

    /// <summary>
    /// d = ∞: Gauss–Legendre nodes in ln U from the smallest part to 1, 16 per panel of at most two of ln U or of the logarithm of an eigenvalue, and a block of eigenvalue 0 that carries what lies below (supplement, section 4).
    /// Valid while γ t U₀^α ≪ 1 for the smallest part U₀, which is lowered until it is.
    /// </summary>
    /// <param name="problem">The mixture; its dimension is not read.</param>
    /// <param name="slowness">The largest γ t.</param>
    /// <exception cref="ParameterException">A spectrum or a mean without a limit.</exception>
    public static MixtureModes Continuum(MultiClassProblem problem, double slowness)
    {
        foreach (var one in problem.Classes)
        {
            if (one.Spectrum.Density is null)
                throw new ParameterException("spectrum", one.Spectrum.Text, "identity, zero-one:FRACTION or power-law with method = continuum", "the limit d → ∞ needs eigenvalues that are a function of ρ/d; use method = theory");
            if (one.Mean.Density is null)
                throw new ParameterException("mean-profile", one.Mean.Text, "flat, power:EXPONENT or clean with method = continuum", "the limit d → ∞ needs means that are a function of ρ/d; use method = theory");
        }

        var jumps = problem.Classes.SelectMany(one => one.Spectrum.Jumps.Concat(one.Mean.Jumps)).Append(0.5).Distinct().Order().ToArray();
        var powers = problem.Classes.Select(one => one.Spectrum.Power).Where(power => power > 0).ToArray();
        var smallest = SmallestPart;
        if (powers.Length > 0)
            smallest = Math.Clamp(Math.Pow(1e-3 / Math.Max(1, slowness), 1 / powers.Min()), 1e-200, smallest);
        if (jumps[0] < 2 * smallest)
            smallest = jumps[0] / 2;
        double[] ends = [smallest, .. jumps, 1];
        var width = Math.Min(2, 2 * Math.Log(PanelRatio(problem)) / Math.Log(2));
        var rule = new GaussLegendreRule(-1, 1, NodesPerPanel);
        var nodes = new List<(double Part, double Mass)>();
        for (var k = 0; k + 1 < ends.Length; k++)
        {
            var length = Math.Log(ends[k + 1] / ends[k]);
            var panels = (int)Math.Ceiling(length / width);
            for (var panel = 0; panel < panels; panel++)
            {
                var half = length / panels / 2;
                var middle = Math.Log(ends[k]) + (half * ((2 * panel) + 1));
                for (var node = 0; node < NodesPerPanel; node++)
                {
                    var part = Math.Exp(middle + (half * rule.GetAbscissa(node)));
                    nodes.Add((part, half * rule.GetWeight(node) * part));
                }
            }
        }

        // ∫ over U < U₀ of the squared mean, which begins with a power of U.
        double[] below = [.. problem.Classes.Select(one => Square(one.Mean.Density!(smallest)) * smallest / (1 + (2 * one.Mean.Power)))];
        var modes = Assemble(problem, "continuum", double.PositiveInfinity, nodes, [(smallest, below)]);
        return powers.Length == 0 ? BlockModes.Merge(modes with { Representation = "blocks" }) : modes;
    }

    private static double Square(double value) => value * value;

    // An eigenvalue that varies by more than two octaves within a panel is no smooth function there.
    private static double PanelRatio(MultiClassProblem problem) => Math.Pow(2, Math.Min(1, 2 / Math.Max(1e-9, problem.Classes.Max(one => one.Spectrum.Power))));

    // Nodes of the sum over whole numbers from first to last: eigenvalues of the recursion of the discrete Chebyshev polynomials, b_k² = k²(n² − k²)/(4(4k² − 1)) around the middle (DLMF 18.19, Hahn with α = β = 0).
    private static IEnumerable<(double Number, double Weight)> Sum(int first, int last)
    {
        var count = last - first + 1.0;
        var middle = (first + (double)last) / 2;
        var matrix = new double[NodesPerPanel * NodesPerPanel];
        for (var k = 1; k < NodesPerPanel; k++)
        {
            var square = (double)k * k;
            matrix[(k * NodesPerPanel) + k - 1] = matrix[((k - 1) * NodesPerPanel) + k] = Math.Sqrt(square * (1 - (square / (count * count))) / (4 * ((4 * square) - 1)));
        }

        var eigen = DenseAlgebra.Best.SymmetricEigen(matrix, NodesPerPanel);
        return Enumerable.Range(0, NodesPerPanel).Select(k => (middle + (count * eigen.Values[k]), count * Square(eigen.Vectors[k * NodesPerPanel]))).OrderBy(node => node.Item1);
    }

    // A block per node and, where classes take turns, a direction per class in each.
    private static MixtureModes Assemble(MultiClassProblem problem, string name, double dimension, List<(double Part, double Mass)> nodes, (double Part, double[] Squares)[] below)
    {
        var (origin, kept, probabilities) = MixtureModes.Reduce(problem);
        var spectra = kept.Select(one => one.Class.Spectrum).Distinct().ToList();
        var blocks = nodes.Count + below.Length;
        var turns = kept.Max(one => one.Class.Turn.Stride);
        var profiles = kept.Select(one => one.Class.Mean).Distinct().ToList();

        // Means of different profiles have directions of their own in the last block alone, where one block stands for a range of U.
        var directions = (nodes.Count * turns) + (below.Length * turns * profiles.Count);
        double[][] eigenvalues = [.. spectra.Select(_ => new double[blocks])];
        double[][] means = [.. kept.Select(_ => new double[directions])];
        var blockOf = new int[directions];
        var masses = new double[blocks];
        for (var b = 0; b < nodes.Count; b++)
        {
            var (part, mass) = nodes[b];
            masses[b] = mass;
            for (var s = 0; s < spectra.Count; s++)
                eigenvalues[s][b] = spectra[s].Density!(part);
            for (var turn = 0; turn < turns; turn++)
                blockOf[(b * turns) + turn] = b;
            for (var i = 0; i < means.Length; i++)
                means[i][(b * turns) + kept[i].Class.Turn.Offset] = kept[i].Sign * kept[i].Class.MeanSize * kept[i].Class.Mean.Density!(part) * Math.Sqrt(mass);
        }

        for (var rest = 0; rest < below.Length; rest++)
        {
            masses[^1] = below[rest].Part;
            for (var s = 0; s < spectra.Count; s++)
                eigenvalues[s][^1] = spectra[s].Power > 0 ? 0 : spectra[s].Density!(below[rest].Part);
            var first = nodes.Count * turns;
            blockOf.AsSpan(first).Fill(blocks - 1);
            for (var i = 0; i < means.Length; i++)
                means[i][first + (profiles.IndexOf(kept[i].Class.Mean) * turns) + kept[i].Class.Turn.Offset] = kept[i].Sign * kept[i].Class.MeanSize * Math.Sqrt(below[rest].Squares[Array.FindIndex(origin, one => one.Class == i)]);
        }

        var modes = new MixtureModes
        {
            Representation = name,
            Dimension = dimension,
            Probabilities = probabilities,
            Origin = origin,
            SpectrumOf = [.. kept.Select(one => spectra.IndexOf(one.Class.Spectrum))],
            Spectra = eigenvalues,
            Masses = masses,
            BlockOf = blockOf,
            Means = means,
            Clean = [],
            StartVariance = problem.StartVariance,
        };
        return modes with { Clean = CleanOf(modes, blockOf, [.. nodes.Select(node => node.Part), .. below.Select(_ => 0.0)]) };
    }

    // Blocks without variance, or else the half of the modes with the smaller eigenvalues, which grow with U.
    private static bool[] CleanOf(MixtureModes modes, int[] blockOf, double[] parts)
    {
        var pooled = modes.Pooled;
        var isZeroOne = pooled.Where((value, b) => parts[b] > 0).Any(value => value == 0);
        bool[] clean = [.. blockOf.Select(b => isZeroOne ? pooled[b] == 0 : parts[b] < 0.5)];
        return isZeroOne || pooled.Where((_, b) => parts[b] > 0).Distinct().Skip(1).Any() ? clean : [];
    }
}
