using System.Collections;
using System.Reflection;
using Eigenflow.Solutions;

namespace Eigenflow.Tests.Conformance;

/// <summary>A method record as the factory of a system makes it, with the problem that it solves, whatever their types.</summary>
internal sealed class MadeMethod
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private const BindingFlags Direct = Any | BindingFlags.DoNotWrapExceptions;

    private readonly object problem;

    private MadeMethod(object problem, object record) => (this.problem, Record) = (problem, record);

    public object Record { get; }

    public string Name => (string)Record.GetType().GetProperty("Name", Any)!.GetValue(Record)!;

    public static MadeMethod Of(ISystem system, CompletedSetting setting)
    {
        var type = Base(system.GetType());
        var table = type.GetProperty("Table", Any)!.GetValue(system)!;
        var declared = ((IEnumerable)table).Cast<Eigenflow.Dynamics.MethodInfo>().Single(method => method.Name == setting.Method);
        var record = declared.GetType().GetMethod("Make")!.Invoke(declared, Direct, null, [setting], null)!;
        return new MadeMethod(type.GetMethods(Any).Single(method => method.Name == "Problem").Invoke(system, Direct, null, [setting], null)!, record);
    }

    /// <summary>The same with another number of threads.</summary>
    public MadeMethod WithThreads(int threads)
    {
        var clone = Record.GetType().GetMethod("<Clone>$", Any)!.Invoke(Record, null)!;
        clone.GetType().GetProperty("Threads")!.SetValue(clone, threads);
        return new MadeMethod(problem, clone);
    }

    public Solution Solve(ICheckpointStore? checkpoint = null) => (Solution)typeof(ProblemSolving).GetMethods()
        .Single(method => method.Name == nameof(ProblemSolving.Solve) && method.GetParameters()[2].ParameterType == typeof(ICheckpointStore))
        .MakeGenericMethod(problem.GetType()).Invoke(null, Direct, null, [problem, Record, checkpoint, null, CancellationToken.None], null)!;

    private static Type Base(Type? type)
    {
        while (type is not null && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(LearningSystem<>)))
            type = type.BaseType;
        return type ?? throw new InvalidOperationException("Every system derives from LearningSystem.");
    }
}
