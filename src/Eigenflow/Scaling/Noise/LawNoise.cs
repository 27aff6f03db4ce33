using System.Runtime.CompilerServices;
using Eigenflow.Random;

namespace Eigenflow.Scaling.Noise;

/// <summary>
/// What the residuals of one law say about the noise of a curve, and whether noise alone can have left them: the one test of "this law describes this curve".
/// <para>Model: residuals in units of <see cref="CurveNoise"/> are autoregressive of first order with correlation ρ. Given ρ the innovations' variance is S(ρ)/χ²; ρ has the weight of its marginal likelihood
/// (law's parameters and variance integrated out, which keeps it from being too small) times a prior: (1 − ρ²)^−0.4 on long curves, 1 − ρ on short ones that cannot tell a correlation from a law.</para>
/// <para>Test: the likelihood ratio between the law and the law plus up to four polynomials of ln x beyond its own parameters, both with their best ρ;
/// its distribution is that of 999 curves of the law with drawn noise, refitted alike, so that the number of points and the correlation are in it. Residuals that are smooth from point to point are no noise.</para>
/// Not for several threads at once; deterministic.
/// </summary>
internal sealed class LawNoise
{
    /// <summary>A law is rejected below this probability: half of the stated 1 %, since the size of the noise is estimated along the curve too.</summary>
    public const double Level = 0.005;

    /// <summary>From so many points on the test has its stated level.</summary>
    public const int FewestPoints = 8;

    /// <summary>From so many points on a correlation is told from a law without preference.</summary>
    public const int SettledCurve = 35;

    // From so many points on it is seen whether innovations hang together over many lags.
    private const int LongCurve = 60;

    private const int TestResamples = 999;
    private const int SearchResamples = 39;
    private const int SearchExceedances = 3;
    private const int MostFurther = 4;
    private const int FewestForSmoothness = 20;

    // Beyond this ratio no noise of the model reaches; below the other one the simplest noise (χ² of one column) does in more than one of a hundred cases.
    private const double HopelessRatio = 120;
    private const double HopelessRatioOfWindows = 60;
    private const double HarmlessRatio = 6.6;
    private const int RefitPurpose = 0;
    private const int TestPurpose = 1;
    private const int Stream = 10;

    // Between these numbers of points the prior of ρ passes from "neighbours are independent unless they say otherwise" to one without preference.
    private const double ShortCurve = 10;
    private const double LongPrior = -0.4;

    private readonly AutoregressiveDesign design;
    private readonly double[] law = new double[AutoregressiveDesign.Correlations.Length];
    private readonly double[] all = new double[AutoregressiveDesign.Correlations.Length];
    private readonly double[] squares = new double[AutoregressiveDesign.Correlations.Length];
    private readonly double[] cumulative = new double[AutoregressiveDesign.Correlations.Length];
    private readonly double[] white;
    private readonly ulong seed;
    private readonly double ratio;
    private double? probability;

    /// <summary>Prepares.</summary>
    /// <param name="points">The curve.</param>
    /// <param name="noise">Its noise.</param>
    /// <param name="residuals">Residuals of ln y of the least-squares fit.</param>
    /// <param name="slopes">Derivatives of the law, row by row.</param>
    /// <param name="isFree">Which of the law's parameters are not held at the end of their range.</param>
    /// <param name="seed">Seed of the draws.</param>
    public LawNoise(LogPoints points, CurveNoise noise, ReadOnlySpan<double> residuals, ReadOnlySpan<double> slopes, bool[] isFree, ulong seed)
    {
        this.seed = seed;
        var n = points.Count;
        white = new double[n];
        noise.Whiten(residuals, white);
        var columns = new List<double[]>();
        var column = new double[n];
        for (var j = 0; j < isFree.Length; j++)
        {
            if (!isFree[j])
                continue;
            for (var i = 0; i < n; i++)
                column[i] = slopes[(i * isFree.Length) + j];
            var own = new double[n];
            noise.Whiten(column, own);
            columns.Add(own);
        }

        var further = Math.Clamp((n - isFree.Length - 2) / 2, 0, MostFurther);
        var polynomials = further == 0 ? [] : SmoothCurve.Columns(points.U, columns.Count, columns.Count + further - 1);
        foreach (var polynomial in polynomials)
        {
            noise.Whiten(polynomial, column);
            column.CopyTo(polynomial, 0);
        }

        design = new AutoregressiveDesign(columns, polynomials);

        // Else the error that loud points leave in the fit would look like slow noise among the quiet ones.
        design.Refine(white);
        design.Profile(white, law, all);
        law.CopyTo(squares, 0);
        ratio = Ratio(law, all);
        Weigh(n);
        Inflation = n >= LongCurve ? LeftOver() : 1;
    }

    /// <summary>Degrees of freedom of the variance.</summary>
    public int Freedom => Math.Max(1, design.Count - design.LawColumns);

    /// <summary>Mean correlation of neighbouring residuals.</summary>
    public double Correlation { get; private set; }

    /// <summary>The correlation below which 2.5 % of its weight lies.</summary>
    public double LowerCorrelation => CorrelationAt(0.025);

    /// <summary>The correlation above which 2.5 % of its weight lies.</summary>
    public double UpperCorrelation => CorrelationAt(0.975);

    /// <summary>Factor on the noise for correlation that the model leaves in its innovations; one where there is none.</summary>
    public double Inflation { get; }

    /// <summary>The probability that noise alone leaves residuals as unlike noise as these; one where the points are too few for a test.</summary>
    public double Probability => probability ??= Test(TestResamples);

    /// <summary>Whether at least a tenth of 39 drawn curves is as unlike noise: stricter than <see cref="Level"/> and quick, for the search among hundreds of windows, of which the luckiest wins.</summary>
    public bool IsPlausible => (probability ?? Test(SearchResamples)) >= (SearchExceedances + 1.0) / (SearchResamples + 1);

    /// <summary>−2 ln likelihood at the best ρ; comparable between laws on one <see cref="CurveNoise"/>.</summary>
    public double Deviance(double smallestSquare)
    {
        var best = double.PositiveInfinity;
        for (var g = 0; g < squares.Length; g++)
        {
            var rho = AutoregressiveDesign.Correlations[g];
            best = Math.Min(best, Math.Log(Math.Max(squares[g], smallestSquare)) - (Math.Log(1 - (rho * rho)) / design.Count));
        }

        return design.Count * best;
    }

    /// <summary>Noise for one resample, in the units of <see cref="CurveNoise"/>: a correlation by its weight, a variance given it, and new innovations.</summary>
    /// <remarks>Resamples come in pairs of opposite noise: what is symmetric stays so.</remarks>
    public void Draw(int replica, Span<double> destination, double[] buffer) => Draw(RefitPurpose, replica / 2, (replica & 1) == 0 ? Inflation : -Inflation, destination, buffer);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Draw(int purpose, int replica, double inflation, Span<double> destination, double[] buffer)
    {
        // A golden-ratio sequence visits the correlations evenly; the number of the variance comes first, then the innovations.
        const double Golden = 0.6180339887498949;
        var part = (replica + 0.5) * Golden;
        part -= Math.Floor(part);
        var g = Array.BinarySearch(cumulative, part);
        g = Math.Min(g < 0 ? ~g : g, cumulative.Length - 1);
        GaussianGenerator.Fill(new GaussianAddress(seed, Stream, purpose, replica), 0, buffer.AsSpan(0, destination.Length + 1));
        var freedom = (double)Freedom;
        var third = 2 / (9 * freedom);

        // Wilson and Hilferty: the cube root of χ² is nearly normal.
        var root = Math.Max(0.05, 1 - third + (buffer[0] * Math.Sqrt(third)));
        var size = inflation * Math.Sqrt(squares[g] / (freedom * root * root * root));
        var rho = AutoregressiveDesign.Correlations[g];
        var previous = buffer[1] * size / Math.Sqrt(1 - (rho * rho));
        destination[0] = previous;
        for (var i = 1; i < destination.Length; i++)
        {
            previous = (rho * previous) + (size * buffer[i + 1]);
            destination[i] = previous;
        }
    }

    private double Test(int resamples)
    {
        if (design.FurtherColumns == 0 || design.Count < FewestPoints)
            return 1;
        if (IsSmooth())
            return 0;
        if (ratio < HarmlessRatio)
            return 1;
        if (ratio > (resamples < TestResamples ? HopelessRatioOfWindows : HopelessRatio))
            return 0;
        var (drawn, buffer) = (new double[design.Count], new double[design.Count + 1]);
        var larger = 0;
        for (var replica = 0; replica < resamples; replica++)
        {
            Draw(TestPurpose, replica, 1, drawn, buffer);
            design.Profile(drawn, law, all);
            larger += Ratio(law, all) >= ratio ? 1 : 0;
            if (larger >= SearchExceedances && resamples < TestResamples)
                break;
        }

        return (larger + 1.0) / (resamples + 1);
    }

    private double Ratio(ReadOnlySpan<double> without, ReadOnlySpan<double> with)
    {
        double first = double.PositiveInfinity, second = double.PositiveInfinity;
        for (var g = 0; g < without.Length; g++)
        {
            var rho = AutoregressiveDesign.Correlations[g];
            var determinant = Math.Log(1 - (rho * rho)) / design.Count;
            first = Math.Min(first, Math.Log(without[g]) - determinant);
            second = Math.Min(second, Math.Log(with[g]) - determinant);
        }

        return design.Count * (first - second);
    }

    private void Weigh(int n)
    {
        var part = Math.Clamp((n - ShortCurve) / (SettledCurve - ShortCurve), 0, 1);
        var largest = double.NegativeInfinity;
        for (var g = 0; g < squares.Length; g++)
        {
            var rho = AutoregressiveDesign.Correlations[g];
            var log = Math.Log(1 - (rho * rho));

            // The grid is even in artanh ρ, whose measure is dρ/(1 − ρ²).
            cumulative[g] = (log / 2) - (design.LogDeterminants[g] / 2) - (Freedom / 2.0 * Math.Log(Math.Max(squares[g], 1e-300)))
                + (part * LongPrior * log) + ((1 - part) * Math.Log(1 - rho)) + log;
            largest = Math.Max(largest, cumulative[g]);
        }

        var total = 0.0;
        for (var g = 0; g < squares.Length; g++)
            total += cumulative[g] = Math.Exp(cumulative[g] - largest);
        double sum = 0, mean = 0;
        for (var g = 0; g < squares.Length; g++)
        {
            mean += cumulative[g] / total * AutoregressiveDesign.Correlations[g];
            cumulative[g] = sum += cumulative[g] / total;
        }

        Correlation = mean;
    }

    private double CorrelationAt(double part)
    {
        var g = Array.FindIndex(cumulative, value => value >= part);
        return AutoregressiveDesign.Correlations[g < 0 ? ^1 : g];
    }

    // Noise is rough: residuals whose innovations hang together from point to point are a smooth curve that the law misses, such as a wave.
    private bool IsSmooth()
    {
        const double Smooth = 0.8;
        if (design.Count < FewestForSmoothness)
            return false;
        double square = 0, product = 0, previous = 0;
        for (var i = 1; i < white.Length; i++)
        {
            var innovation = white[i] - (Correlation * white[i - 1]);
            square += innovation * innovation;
            product += i > 1 ? innovation * previous : 0;
            previous = innovation;
        }

        return product > Smooth * square && square > 0;
    }

    // Innovations that are still correlated over many lags make sums vary more than the model says.
    private double LeftOver()
    {
        const double Significant = 2.5, Largest = 3;
        var n = white.Length;
        var innovations = new double[n - 1];
        for (var i = 1; i < n; i++)
            innovations[i - 1] = white[i] - (Correlation * white[i - 1]);
        var square = Sums.Product(innovations, innovations);
        if (!(square > 0))
            return 1;
        var lags = n / 12;
        var sum = 0.0;
        for (var lag = 1; lag <= lags; lag++)
            sum += Sums.Product(innovations.AsSpan(lag), innovations.AsSpan(0, innovations.Length - lag)) / square;
        return sum * Math.Sqrt((double)n / lags) > Significant ? Math.Min(Largest, Math.Sqrt(1 + (2 * sum))) : 1;
    }
}
