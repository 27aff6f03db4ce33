using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Printed statements of arXiv 2511.18661 about the loss and the overlaps at any w.</summary>
internal static class LandscapeStatements
{
    private const int Dimension = 20;
    private const double Exponent = 1.5;
    private const int Points = 200;
    private const int Powers = 400;
    private const string Inputs = "d = 20, a = 1.5";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PrintedStatement> All(CancellationToken cancellation)
    {
        var modes = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, Exponent) }.Modes(ModeRepresentation.Full, cancellation);
        var landscape = new Landscape(modes.Eigenvalues, modes.Teacher);
        return [LossBound(landscape, modes), Descent(landscape, modes), Moments(cancellation), Saddle(landscape, modes)];
    }

    /// <summary>A point of the saddle set: orthogonal to w* in the Q metric, with s = s*/3.</summary>
    /// <param name="landscape">The landscape.</param>
    /// <param name="teacher">w*.</param>
    public static double[] SaddlePoint(Landscape landscape, double[] teacher)
    {
        var saddle = Enumerable.Range(0, teacher.Length).Select(i => Math.Sin(i + 1.0)).ToArray();
        var along = landscape.Overlaps(saddle).U / landscape.TeacherOverlap;
        for (var i = 0; i < saddle.Length; i++)
            saddle[i] -= along * teacher[i];
        var scale = Math.Sqrt(landscape.TeacherOverlap / 3 / landscape.Overlaps(saddle).S);
        for (var i = 0; i < saddle.Length; i++)
            saddle[i] *= scale;
        return saddle;
    }

    private static PrintedStatement LossBound(Landscape landscape, WeightedModes modes) => new()
    {
        Id = "lemma-3",
        Paper = Curves.Paper,
        Place = "Lemma 3",
        Printed = "3(s − s*)² ≤ L",
        Obtained = "points from near the teacher to far from it",
        Trials =
        [
            .. Enumerable.Range(0, Points).Select(number =>
            {
                var point = Point(modes, number);
                var s = landscape.Overlaps(point).S;
                return new StatementTrial(Inputs, 3 * Square(s - landscape.TeacherOverlap), landscape.Loss(point));
            }),
        ],
    };

    // The loss is a polynomial of degree four along a line, so that the stencil is exact.
    private static PrintedStatement Descent(Landscape landscape, WeightedModes modes) => new()
    {
        Id = "lemma-5",
        Paper = Curves.Paper,
        Place = "Lemma 5",
        Printed = "dL/dt = −‖∇L‖² along the flow",
        Test = ClaimTest.Relative,
        Margin = 1e-8,
        Kind = PredictionKind.Exact,
        Obtained = "fourth-order central difference of L along −∇L",
        Trials =
        [
            .. Enumerable.Range(0, 10).Select(number =>
            {
                var point = Point(modes, 17 * number);
                var gradient = new double[Dimension];
                landscape.Gradient(point, gradient);
                var square = gradient.Sum(Square);
                double Loss(double step) => landscape.Loss([.. point.Zip(gradient, (value, slope) => value - (step * slope))]);
                var h = 1e-2 / Math.Sqrt(square);
                return new StatementTrial(Inputs, ((8 * (Loss(h) - Loss(-h))) - (Loss(2 * h) - Loss(-2 * h))) / (12 * h), -square);
            }),
        ],
    };

    private static PrintedStatement Moments(CancellationToken cancellation)
    {
        (int Dimension, double Exponent, double Time)[] states = [(100, 2, 0), (100, 2, 0.3), (100, 2, 10), (1000, 1.5, 1), (1000, 1.5, 100)];
        return new PrintedStatement
        {
            Id = "lemma-6",
            Paper = Curves.Paper,
            Place = "Lemma 6",
            Printed = "Σ_k (u⁽ᵏ⁾)² ≤ ‖w‖²‖w*‖² λ_1²/(1 − λ_1²)",
            Obtained = FormattableString.Invariant($"sum of {Powers} orders along the flow"),
            Trials =
            [
                .. states.Select(given =>
                {
                    var state = FlowState.At(FlowState.Reference(given.Dimension, given.Exponent), given.Time, cancellation);
                    var sum = Enumerable.Range(1, Powers).Sum(order => Square(state.Cross(order)));
                    var largest = Square(state.Modes.LargestEigenvalue);
                    return new StatementTrial(
                        FormattableString.Invariant($"d = {given.Dimension}, a = {given.Exponent}, t = {given.Time}"), sum,
                        state.Self(0) * state.Modes.TeacherNormSquared * largest / (1 - largest));
                }),
            ],
        };
    }

    private static PrintedStatement Saddle(Landscape landscape, WeightedModes modes)
    {
        var saddle = SaddlePoint(landscape, modes.Teacher);
        var product = new double[Dimension];
        landscape.HessianTimes(saddle, saddle, product);
        var overlap = Square(landscape.TeacherOverlap);
        return new PrintedStatement
        {
            Id = "saddle-curvature",
            Paper = Curves.Paper,
            Place = "saddle, curvature",
            Printed = "wᵀ∇²L w = 8s*² at every w with u = 0 and s = s*/3",
            Corrected = "wᵀ∇²L w = (8/3)s*²",
            IsErratum = true,
            Test = ClaimTest.Relative,
            Margin = 1e-9,
            Kind = PredictionKind.Exact,
            CorrectedKind = PredictionKind.Exact,
            Obtained = "product with the Hessian at a saddle",
            Trials = [new(Inputs, saddle.Zip(product, (left, right) => left * right).Sum(), 8 * overlap, 8.0 / 3 * overlap)],
        };
    }

    private static double[] Point(WeightedModes modes, int number) =>
        [.. modes.Teacher.Select((teacher, i) => (Math.Cos(0.31 * number) * teacher) + (0.02 * number * Math.Cos(1.3 * i * (number + 1))))];

    private static double Square(double value) => value * value;
}
