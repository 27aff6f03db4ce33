namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// Whether the population behind a sample may follow a power law over a range of modes: the largest improvement of weighted squares that one more term brings to the line of ln λ_i on ln i
/// (a square of ln i, a break of the slope at any mode, or a step at any mode), compared with that of simulated samples (<see cref="ModeNoise"/>), whose squares are inflated by what leaving out rows and neighbours show beyond them.
/// </summary>
/// <param name="noise">Bias and scatter of the sample.</param>
/// <param name="inflation">Variance of ln λ_i over that of Gaussian samples, at least one.</param>
internal sealed class LawTest(ModeNoise noise, double inflation)
{
    // Departures of this size (rms of ln λ) are found in every spectrum once samples are many: they are no reason against a law, as a change of the exponent by 0.1 over two decades is none.
    private const double LargestDeparture = 0.03;

    // Largest number of simulated samples that depart as much, and smallest curvature in standard deviations: one in a hundred each rejects, three in a hundred each doubt.
    private const int DoubtRank = 2;
    private const double RejectedCurvature = 2.576;
    private const double DoubtedCurvature = 2.17;

    // A range that was chosen among many must pass more easily: one in ten.
    private const int PartRank = ModeNoise.Draws / 10;
    private const double PartCurvature = 1.645;

    // A break is outside of a range where breaks inside, by 2 % to 20 % of its end or more, are worse by two standard deviations.
    private const double Inside = 0.8;
    private const double Worse = 4;
    private const double Beyond = 3;
    private const double RoughRatio = 2.5;
    private const int PerDecade = 12;
    private const int FewestModes = 5;

    // Modes that a sample of fewer rows than columns does not show bend the others by amounts that nobody knows.
    private const double MostUnseen = 1.1;

    // Errors this much larger than those of Gaussian rows come from few rows or numbers, and are not known well.
    private const double LargestInflation = 1.5;

    private readonly Dictionary<(int First, int Last), (bool Rejects, bool Doubts, bool Part)> known = [];

    /// <summary>The test for a sample; null where simulations are too much work or eigenvalues are exact.</summary>
    public static LawTest? Of(Measured measured, int limit, IReadOnlyList<double[]> reduced, CancellationToken cancellation)
    {
        if (measured.Raw.Degrees is not { } degrees || !measured.Raw.IsComplete || limit < ModeWindow.Decade || limit > measured.Count || measured.Features > MostUnseen * degrees)
            return null;

        // Rows of unequal size have the bias and the scatter of fewer ones.
        var inflation = measured.Raw.Spread is { IsUneven: true } spread ? spread.Inflation : 1;
        var equal = (long)(degrees / inflation);
        var reach = (int)Math.Min(limit, inflation > 1 ? equal / 10 : limit);
        return reach >= ModeWindow.Decade && ModeNoise.Of(measured.Raw.Eigenvalues.AsSpan(0, measured.Count), equal, measured.Features, reach, cancellation) is { } noise
            ? new LawTest(noise, Math.Max(1, reduced.Count > 1 ? Left(noise, reduced) : 1))
            : null;
    }

    /// <summary>Whether errors of eigenvalues are near those of Gaussian rows.</summary>
    public bool IsSure => inflation <= LargestInflation;

    /// <summary>Whether a law over these modes is rejected: in two of a hundred samples of a law at most.</summary>
    public bool Rejects(int first, int last) => Test(first, last).Rejects;

    /// <summary>Whether a law over these modes is doubtful: in six of a hundred samples of a law at most.</summary>
    public bool Doubts(int first, int last) => Test(first, last).Doubts;

    /// <summary>Whether a law over a part of the usable modes is shown: not rejected once in ten samples, and no break inside of it describes it and the modes beyond as well as one outside.</summary>
    public bool Shows(int first, int last)
    {
        if (Test(first, last).Part)
            return false;
        var limit = noise.Logarithms.Length;
        last = Math.Min(last, limit);
        return (last == limit || IsBreakOutside(first, Math.Min(limit, (int)(Beyond * last)), mode => mode <= Inside * last, mode => mode >= last))
            && (first == 1 || IsBreakOutside(Math.Max(1, (int)(first / Beyond)), last, mode => mode >= first / Inside, mode => mode <= first));
    }

    private bool IsBreakOutside(int first, int last, Func<int, bool> isInside, Func<int, bool> isOutside)
    {
        double inside = 0, outside = 0;
        foreach (var (term, mode) in Terms(first, last, false))
        {
            var gain = Gain(noise.Logarithms, term, first).Squares;
            if (isInside(mode))
                inside = Math.Max(inside, gain);
            if (isOutside(mode))
                outside = Math.Max(outside, gain);
        }

        return outside - inside > Worse * inflation;
    }

    private (bool Rejects, bool Doubts, bool Part) Test(int first, int last)
    {
        last = Math.Min(last, noise.Logarithms.Length);
        if (last - first < FewestModes)
            return (false, false, false);
        if (known.TryGetValue((first, last), out var found))
            return found;
        double[][] terms = [.. Terms(first, last, true).Select(one => one.Term)];
        var variance = Math.Max(inflation, Roughness(first, last));
        double largest = 0, departure = 0;
        foreach (var term in terms)
        {
            var (squares, rms) = Gain(noise.Logarithms, term, first);
            if (squares > largest)
                (largest, departure) = (squares, rms);
        }

        var isMaterial = departure > LargestDeparture;
        var above = noise.Scatter.Count(draw => terms.Max(term => Gain(draw, term, first).Squares) >= largest / variance);

        // The first term is the square.
        var curvature = Math.Sqrt(Gain(noise.Logarithms, terms[0], first).Squares / variance / noise.Scatter.Average(draw => Gain(draw, terms[0], first).Squares));
        return known[(first, last)] = (
            isMaterial && (above == 0 || curvature > RejectedCurvature),
            isMaterial && (above <= DoubtRank || curvature > DoubtedCurvature),
            isMaterial && (above <= PartRank || curvature > PartCurvature));
    }

    // Terms beside a line, orthonormal to it and divided by the deviations: the squares that a term explains are the square of its product with the values.
    private IEnumerable<(double[] Term, int Mode)> Terms(int first, int last, bool hasSteps)
    {
        var count = last - first + 1;
        var weights = new double[count];
        double[] one = new double[count], line = new double[count];
        for (var k = 0; k < count; k++)
        {
            weights[k] = 1 / noise.Deviations[first - 1 + k];
            one[k] = weights[k];
            line[k] = weights[k] * Math.Log(first + k);
        }

        Normalise(one);
        Remove(line, one);
        Normalise(line);
        if (hasSteps && Make((u, _) => u * u) is { } square)
            yield return (square, 0);
        var previous = 0;
        for (var step = 0; ; step++)
        {
            var mode = (int)Math.Round(first * Math.Pow(10, (double)step / PerDecade));
            if (mode >= last)
                yield break;
            if (mode == previous)
                continue;
            previous = mode;
            if (mode > first && Make((u, _) => Math.Max(0, u - Math.Log(mode))) is { } hinge)
                yield return (hinge, mode);
            if (hasSteps && Make((_, i) => i > mode ? 1 : 0) is { } jump)
                yield return (jump, mode);
        }

        double[]? Make(Func<double, int, double> shape)
        {
            var term = new double[count];
            for (var k = 0; k < count; k++)
                term[k] = weights[k] * shape(Math.Log(first + k), first + k);
            var before = Norm(term);
            Remove(term, one);
            Remove(term, line);
            if (!(Norm(term) > 1e-6 * before))
                return null;
            Normalise(term);
            return term;
        }
    }

    // Squares that a term explains, and the root mean square of what it explains of ln λ.
    private (double Squares, double Rms) Gain(double[] values, double[] term, int first)
    {
        double product = 0, squares = 0;
        for (var k = 0; k < term.Length; k++)
        {
            var deviation = noise.Deviations[first - 1 + k];
            product += term[k] * values[first - 1 + k] / deviation;
            squares += term[k] * term[k] * deviation * deviation;
        }

        return (product * product, Math.Abs(product) * Math.Sqrt(squares / term.Length));
    }

    // Eigenvalues of data need not lie on a smooth line: pairs and groups of them scatter about it more than samples do.
    private double Roughness(int first, int last)
    {
        var draws = noise.Scatter.Average(Square);
        var ratio = draws > 0 ? Square(noise.Logarithms) / draws : 1;
        return ratio > RoughRatio ? ratio : 1;

        double Square(double[] values)
        {
            var off = new double[last - first - 1];
            for (var k = 0; k < off.Length; k++)
            {
                var i = first + k;
                var part = Math.Log((i + 1.0) / i) / Math.Log((i + 2.0) / i);
                off[k] = Math.Abs(values[i] - ((1 - part) * values[i - 1]) - (part * values[i + 1])) / noise.Deviations[i];
            }

            Array.Sort(off);
            return off[off.Length / 2] * off[off.Length / 2];
        }
    }

    // Variance of ln λ_i about its mean over the modes, by blocks of rows that are left out, over that of Gaussian samples.
    private static double Left(ModeNoise noise, IReadOnlyList<double[]> reduced)
    {
        var count = Math.Min(noise.Deviations.Length, reduced.Min(values => values.Count(value => value > SpectrumEstimate.Rounding * values[0])));
        double left = 0, drawn = 0;
        double[][] logs = [.. reduced.Select(values => Centred([.. values.Take(count).Select(value => Math.Log(value))]))], draws = [.. noise.Scatter.Select(draw => Centred(draw[..count]))];
        for (var i = 0; i < count; i++)
        {
            left += Math.Pow(ModeWindow.Spread([.. logs.Select(log => log[i])]).Deviation, 2) / (noise.Deviations[i] * noise.Deviations[i]);
            drawn += draws.Sum(draw => draw[i] * draw[i]) / (draws.Length - 1) / (noise.Deviations[i] * noise.Deviations[i]);
        }

        return left / drawn;
    }

    private static double[] Centred(double[] values)
    {
        var mean = values.Average();
        return [.. values.Select(value => value - mean)];
    }

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    private static void Normalise(double[] values)
    {
        var norm = Norm(values);
        for (var k = 0; k < values.Length; k++)
            values[k] /= norm;
    }

    private static void Remove(double[] values, double[] unit)
    {
        var product = 0.0;
        for (var k = 0; k < values.Length; k++)
            product += values[k] * unit[k];
        for (var k = 0; k < values.Length; k++)
            values[k] -= product * unit[k];
    }
}
