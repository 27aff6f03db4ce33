using Eigenflow.Dynamics;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Gradient descent on the population risk. The state is w itself for the linear model, v² for the positive one, and v₊² followed by v₋² for the signed one. Work O(M) per step, O(M²) with a rotation.</summary>
internal sealed class PopulationRule : StateRule
{
    private readonly QuadraticProblem problem;
    private readonly double factor;
    private readonly double[] eigenvalues, target, error, gradient;
    private readonly Misalignment? misalignment;
    private readonly double tail;
    private readonly int weights;

    /// <param name="problem">The problem.</param>
    /// <param name="factor">Gradient factor g.</param>
    /// <param name="weights">Number of slopes that are observed.</param>
    public PopulationRule(QuadraticProblem problem, double factor, int weights)
        : base(RuleStart.Of(problem, (int)problem.ModelSize))
    {
        (this.problem, this.factor, this.weights) = (problem, factor, weights);
        (eigenvalues, target) = problem.Modes();
        misalignment = Misalignment.Of(problem);
        target = misalignment?.Target ?? target;
        tail = problem.Tail;
        (error, gradient) = (new double[target.Length], new double[target.Length]);
        Bound = RuleStart.LargestGrowth * (Risk() + problem.Noise + 1);
    }

    public override double Bound { get; }

    public override void Update(long step, double rate)
    {
        Gradients();
        var size = target.Length;
        rate *= factor;
        for (var i = 0; i < size; i++)
        {
            var move = rate * gradient[i];
            switch (problem.Model)
            {
                case QuadraticModel.Linear:
                    State[i] -= move;
                    break;
                case QuadraticModel.Positive:
                    State[i] *= (1 - move) * (1 - move);
                    break;
                default:
                    State[i] *= (1 - move) * (1 - move);
                    State[size + i] *= (1 + move) * (1 + move);
                    break;
            }
        }
    }

    public override void Observe(Span<double> row)
    {
        row[0] = Risk();
        var next = 1;
        if (problem.Model == QuadraticModel.Signed)
            row[next++] = Math.Sqrt(State[0] * State[target.Length]) / problem.StartSlope;
        for (var i = 0; i < weights; i++)
            row[next + i] = Slope(i);
    }

    private double Slope(int i) => problem.Model == QuadraticModel.Signed ? State[i] - State[target.Length + i] : State[i];

    private void Gradients()
    {
        for (var i = 0; i < target.Length; i++)
            error[i] = Slope(i) - target[i];
        if (misalignment is not null)
        {
            misalignment.Gradient(error, gradient);
            return;
        }

        for (var i = 0; i < target.Length; i++)
            gradient[i] = eigenvalues[i] * error[i];
    }

    private double Risk()
    {
        Gradients();
        var sum = 0.0;
        for (var i = target.Length - 1; i >= 0; i--)
            sum += error[i] * gradient[i];
        return sum + tail;
    }
}

/// <summary>What update rules of this system share at their start and end.</summary>
internal static class RuleStart
{
    /// <summary>A risk beyond this multiple of the first is on its way to infinity.</summary>
    public const double LargestGrowth = 1e6;

    /// <summary>The state at step 0: slopes, or squares of weights.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="size">M, or more.</param>
    public static double[] Of(QuadraticProblem problem, int size) => problem.Model switch
    {
        QuadraticModel.Linear => new double[size],
        QuadraticModel.Positive => [.. Enumerable.Repeat(problem.StartSlope, size)],
        _ => [.. Enumerable.Repeat(problem.StartSlope, 2 * size)],
    };
}
