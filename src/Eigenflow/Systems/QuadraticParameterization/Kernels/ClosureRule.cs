using Eigenflow.Dynamics;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// Moments of SGD on a quadratic model, closed by a lognormal law of every slope (derived, terms to O(η²)): m = E w, q = E w² for the positive model; m and q of v₊² and of v₋², and z = E (v₊v₋)², for the signed one;
/// A = E r² is replaced by its mean. The smaller of the two parts of a signed slope is dropped once its moments are 10⁻³⁰ of those of the other, which no sum of both sees. It is left once a moment is not finite or a spread q/m² exceeds 10⁶, long before real SGD is unstable. Work about 30 operations per mode and step.
/// </summary>
internal sealed class ClosureRule : StateRule
{
    private readonly double[] eigenvalues, target, terms;
    private readonly double factor, batch, noise, tail, start;
    private readonly bool isSigned, isOfSheet;
    private readonly int size, weights;
    private double learned;
    private double logarithmOfProduct;

    /// <param name="problem">The problem, of a quadratic model.</param>
    /// <param name="factor">Gradient factor g.</param>
    /// <param name="batch">B.</param>
    /// <param name="weights">Number of slopes that are observed.</param>
    /// <param name="isOfSheet">Whether the signed closure leaves out the term 6η²·2λ² E (w − w*)² v⁴ of the second moments, as the equations that the reference values were made with do.</param>
    public ClosureRule(QuadraticProblem problem, double factor, double batch, int weights, bool isOfSheet = false)
        : base(Moments(problem))
    {
        (this.factor, this.batch, this.weights, this.isOfSheet) = (factor, batch, weights, isOfSheet);
        (eigenvalues, target) = problem.Modes();
        size = target.Length;
        terms = new double[size];
        isSigned = problem.Model == QuadraticModel.Signed;
        tail = problem.Tail;
        noise = problem.Noise + tail;
        start = problem.StartSlope;
        for (var i = size - 1; i >= 0; i--)
            learned += eigenvalues[i] * Square(i);
    }

    /// <summary>The step from which on it says nothing, or null.</summary>
    public long? InvalidFrom { get; private set; }

    public override double Bound => double.MaxValue;

    public override void Update(long step, double rate)
    {
        if (InvalidFrom is not null)
            return;
        rate *= factor;
        var residual = learned + noise;
        if (isSigned)
        {
            var part = rate * rate * ((eigenvalues[0] * residual / batch) + (eigenvalues[0] * eigenvalues[0] * (1 + (1 / batch)) * Square(0)));
            logarithmOfProduct += part < 1 ? double.LogP1(-part) : double.NaN;
        }

        (learned, var isValid) = Advance(rate, residual);
        if (!isValid || !double.IsFinite(learned))
            InvalidFrom = step + 1;
    }

    public override void Observe(Span<double> row)
    {
        row[0] = InvalidFrom is null ? learned + tail : double.NaN;
        var next = 1;
        if (isSigned)
            row[next++] = Math.Exp(logarithmOfProduct);
        for (var i = 0; i < weights; i++)
            row[next + i] = isSigned ? State[i] - State[size + i] : State[i];
    }

    private static double[] Moments(QuadraticProblem problem)
    {
        double first = problem.StartSlope, second = first * first;
        var size = problem.Modes().Target.Length;
        IEnumerable<double> firsts = Enumerable.Repeat(first, size), seconds = Enumerable.Repeat(second, size);
        return problem.Model == QuadraticModel.Signed ? [.. firsts, .. firsts, .. seconds, .. seconds, .. seconds] : [.. firsts, .. seconds];
    }

    // E (w − w*)².
    private double Square(int i)
    {
        var w = target[i];
        return isSigned
            ? State[(2 * size) + i] + State[(3 * size) + i] - (2 * State[(4 * size) + i]) + (w * w) - (2 * w * (State[i] - State[size + i]))
            : State[size + i] - (2 * State[i] * w) + (w * w);
    }

    // One step of all modes; what is learned is summed from the smallest eigenvalue on.
    private (double Learned, bool IsValid) Advance(double rate, double residual)
    {
        var step = new ClosureStep(rate, residual, batch, isOfSheet);
        var isValid = isSigned ? step.Signed(State, eigenvalues, target, terms) : step.Positive(State, eigenvalues, target, terms);
        var sum = 0.0;
        for (var i = size - 1; i >= 0; i--)
            sum += terms[i];
        return (sum, isValid);
    }
}
